import type { ActorId, ExchangeId, HeaderList } from '@launch-ready/core';
import type { OauthLogin } from '../target/target.ts';
import type { SendResult } from '../transport/transport.ts';
import type { Attempt } from './login-attempt.ts';
import { cookieCredential } from './cookie-credential.ts';
import { findRefreshToken } from './find-token.ts';
import { credentialsOf } from './login-credentials.ts';
import type { RefreshRoute } from './refresh.ts';
import type { RequestedSetting } from './requested-session.ts';

/** The token endpoint of a target, found once. */
export interface TokenEndpoint {
  /** Asks for a session; with another password when one is given. */
  ask(actor: ActorId, login: OauthLogin, password?: string): Promise<Attempt>;
  /** How its refresh tokens are traded in. */
  refreshRoute(login: OauthLogin): RefreshRoute | null;
}

const metadataPlaces = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];
const usualPlaces = [
  '/oauth/token',
  '/oauth2/token',
  '/connect/token',
  '/token',
  '/api/oauth/token',
  '/auth/token',
  '/api/token',
];

export function createTokenEndpoint(setting: RequestedSetting): TokenEndpoint {
  const { target, transport, nowMs } = setting;
  let found: string | null = null;
  /** How the client shows who it is: in a header, or in the form (RFC 6749 section 2.3.1). */
  let clientIn: 'header' | 'form' = 'header';
  /** Refresh tokens that were handed out since, by the one that the target file gave. */
  const rotated = new Map<string, string>();

  const post = (
    actor: ActorId,
    url: string,
    login: OauthLogin,
    fields: Readonly<Record<string, string>>,
  ): Promise<SendResult> => {
    const { headers, form } = clientOf(login, clientIn);
    return transport.send({
      actor,
      probe: 'session/login',
      purpose: 'ask for a token',
      method: 'POST',
      url,
      headers: [...Object.entries(target.headers), ...headers],
      body: { kind: 'form', fields: { ...fields, ...form } },
      effect: { kind: 'session' },
    });
  };

  const ask: TokenEndpoint['ask'] = async (actor, login, password) => {
    for (const secret of [login.clientSecret, login.password, login.refreshToken, password])
      if (secret) transport.addSecret(secret);
    const exchanges: ExchangeId[] = [];
    const refreshToken =
      login.refreshToken === null ? null : (rotated.get(login.refreshToken) ?? login.refreshToken);
    const fields = fieldsOf(login, refreshToken, password);
    const places =
      login.tokenUrl !== null
        ? [login.tokenUrl]
        : found !== null
          ? [found]
          : await endpointsOf(actor, exchanges);
    let refusal = 'no token endpoint was found; say where it is with tokenUrl';
    for (const url of places) {
      let result = await post(actor, url, login, fields);
      exchanges.push(result.exchange);
      const unknownClient =
        result.kind === 'answer' && [400, 401].includes(result.status) && /invalid_client/.test(result.text);
      if (unknownClient && login.clientSecret !== null) {
        clientIn = clientIn === 'header' ? 'form' : 'header';
        result = await post(actor, url, login, fields);
        exchanges.push(result.exchange);
      }
      if (result.kind === 'no-answer' || [404, 405].includes(result.status)) continue;
      const path = new URL(url).pathname;
      if (result.status >= 400) {
        refusal = `${path} answers ${result.status}${errorOf(result.json())}`;
        // An OAuth error says that this is the endpoint.
        if (errorOf(result.json()) !== '' || login.tokenUrl !== null) break;
        continue;
      }
      const jar = cookieCredential(actor);
      jar.absorb(url, result.headers);
      const credentials = credentialsOf({
        actor,
        target,
        answer: result,
        jar,
        csrf: null,
        nowMs: nowMs(),
      }).filter(({ kind }) => kind === 'bearer');
      const next = findRefreshToken(result.json(), result.headers);
      if (credentials.length === 0) {
        refusal = `${path} gives no access_token`;
        continue;
      }
      found = url;
      if (login.refreshToken !== null && next) rotated.set(login.refreshToken, next.token);
      return { kind: 'maybe', credentials, given: { refreshToken: next, jar, loginUrl: url }, exchanges };
    }
    return { kind: 'refused', status: 0, because: refusal, exchanges };
  };

  const endpointsOf = async (actor: ActorId, exchanges: ExchangeId[]): Promise<readonly string[]> => {
    const origins = [...new Set(Object.values(target.origins))];
    const announced: string[] = [];
    for (const place of origins.flatMap((origin) => metadataPlaces.map((path) => `${origin}${path}`))) {
      const result = await transport.send({
        actor,
        probe: 'session/login',
        purpose: 'find the token endpoint',
        method: 'GET',
        url: place,
        headers: Object.entries(target.headers),
        effect: { kind: 'none' },
      });
      exchanges.push(result.exchange);
      const json: unknown = result.kind === 'answer' && result.status === 200 ? result.json() : null;
      const endpoint =
        typeof json === 'object' && json !== null && 'token_endpoint' in json ? json.token_endpoint : null;
      if (typeof endpoint !== 'string' || !URL.canParse(endpoint, place)) continue;
      const url = new URL(endpoint, place);
      // Production's address in a staging document: the same path here.
      announced.push(origins.includes(url.origin) ? url.href : new URL(url.pathname, place).href);
      break;
    }
    return announced.length > 0
      ? announced
      : origins.flatMap((origin) => usualPlaces.map((path) => `${origin}${path}`));
  };

  return {
    ask,
    refreshRoute: (login) => {
      const url = login.tokenUrl ?? found;
      if (url === null) return null;
      const { headers, form } = clientOf(login, clientIn);
      const fixed = { grant_type: 'refresh_token', ...form };
      return {
        url,
        place: 'form',
        field: 'refresh_token',
        fixed,
        headers,
        seenToWork: login.grant === 'refresh_token',
      };
    },
  };
}

function fieldsOf(
  login: OauthLogin,
  refreshToken: string | null,
  password: string | undefined,
): Readonly<Record<string, string>> {
  const more = {
    ...(login.scope === null ? {} : { scope: login.scope }),
    ...(login.audience === null ? {} : { audience: login.audience }),
  };
  if (login.grant === 'refresh_token')
    return { grant_type: 'refresh_token', refresh_token: refreshToken ?? '', ...more };
  if (login.grant === 'client_credentials') return { grant_type: 'client_credentials', ...more };
  return {
    grant_type: 'password',
    username: login.username ?? '',
    password: password ?? login.password ?? '',
    ...more,
  };
}

/** RFC 6749 section 2.3.1: name and secret are form-encoded before they are joined. */
function clientOf(
  { clientId, clientSecret }: OauthLogin,
  place: 'header' | 'form',
): { readonly headers: HeaderList; readonly form: Readonly<Record<string, string>> } {
  if (clientId === null) return { headers: [], form: {} };
  if (clientSecret === null) return { headers: [], form: { client_id: clientId } };
  if (place === 'form') return { headers: [], form: { client_id: clientId, client_secret: clientSecret } };
  const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  return { headers: [['authorization', `Basic ${Buffer.from(pair).toString('base64')}`]], form: {} };
}

const errorOf = (json: unknown): string =>
  typeof json === 'object' &&
  json !== null &&
  'error' in json &&
  typeof json.error === 'string' &&
  /^[a-z_]+$/.test(json.error)
    ? ` ${json.error}`
    : '';
