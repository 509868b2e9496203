import type { ActorId, ExchangeId, HeaderList } from '@launch-ready/core';
import type { LoginTools } from '../target/custom-login.ts';
import type { EndpointLogin, LoginMethod, Target } from '../target/target.ts';
import type { OutgoingBody, SendResult, Transport } from '../transport/transport.ts';
import { cookieCredential, givenCookies } from './cookie-credential.ts';
import { expiryOf } from './expiry.ts';
import { findRefreshToken } from './find-token.ts';
import { fixedCredential } from './header-credential.ts';
import type { Attempt } from './login-attempt.ts';

export interface RequestedSetting {
  readonly target: Target;
  readonly transport: Transport;
  readonly nowMs: () => number;
}

/** Asks for a session by the request that is spelled out. */
export async function askEndpoint(
  actor: ActorId,
  login: EndpointLogin,
  setting: RequestedSetting,
): Promise<Attempt> {
  const { target, transport, nowMs } = setting;
  for (const secret of login.secrets) if (secret.length >= 4) transport.addSecret(secret);
  const jar = cookieCredential(actor);
  const body: OutgoingBody | undefined =
    login.body === null
      ? undefined
      : { kind: 'text', text: login.body.text, contentType: login.body.contentType };
  const result = await transport.send({
    actor,
    probe: 'session/login',
    purpose: 'log in',
    method: login.method,
    url: login.url,
    headers: [...Object.entries(target.headers), ...login.headers],
    ...(body ? { body } : {}),
    effect: { kind: 'session' },
  });
  const exchanges = [result.exchange];
  if (result.kind === 'no-answer') return { kind: 'refused', status: 0, because: result.because, exchanges };
  jar.absorb(login.url, result.headers);
  const refused = (because: string): Attempt => ({
    kind: 'refused',
    status: result.status,
    because,
    exchanges,
  });
  if (result.status >= 400) return refused(`${login.url} answers ${result.status}`);
  const given = { refreshToken: findRefreshToken(result.json(), result.headers), jar, loginUrl: login.url };
  if (login.token === null) {
    return result.headerValues('set-cookie').length === 0
      ? refused('its answer sets no cookie')
      : { kind: 'maybe', credentials: [jar], given, exchanges };
  }
  const { from, selector, sendName, template } = login.token;
  const token = from === 'header' ? result.header(selector) : atPointer(result.json(), selector);
  if (token === null) return refused(`its answer has no token at ${selector}`);
  transport.addSecret(token);
  const expiresAt = expiryOf(token, result.json(), nowMs()) ?? undefined;
  const headers: HeaderList = [[sendName, template.replaceAll('{token}', () => token)]];
  return { kind: 'maybe', credentials: [fixedCredential(actor, headers, expiresAt)], given, exchanges };
}

/** Asks a function of the target file for a session. */
export async function askFunction(
  actor: ActorId,
  login: Extract<LoginMethod, { kind: 'custom' }>,
  setting: RequestedSetting,
): Promise<Attempt> {
  const { target, transport, nowMs } = setting;
  const exchanges: ExchangeId[] = [];
  const refused = (because: string): Attempt => ({ kind: 'refused', status: 0, because, exchanges });
  const request: LoginTools['request'] = async (method, url, more = {}) => {
    const body: OutgoingBody | undefined =
      more.json !== undefined
        ? { kind: 'json', value: more.json }
        : more.form
          ? { kind: 'form', fields: more.form }
          : undefined;
    const result: SendResult = await transport.send({
      actor,
      probe: 'session/login',
      purpose: 'log in as the target file says',
      method,
      url: new URL(url, target.api).href,
      headers: [...Object.entries(target.headers), ...Object.entries(more.headers ?? {})],
      ...(body ? { body } : {}),
      effect: { kind: 'session' },
    });
    exchanges.push(result.exchange);
    if (result.kind === 'no-answer') throw new Error(result.because);
    const { status, headers, text } = result;
    return { status, headers, text, json: () => result.json() };
  };
  try {
    const session = await login.login({ api: target.api, app: target.app, request });
    const { bearer, cookies, headers, expiresInSeconds } = session;
    for (const value of [bearer, cookies, ...Object.values(headers ?? {})])
      if (value !== undefined && value.length >= 8) transport.addSecret(value);
    const jar = cookieCredential(actor);
    const given = { refreshToken: null, jar, loginUrl: target.api };
    const carried: [string, string][] = [
      ...Object.entries(headers ?? {}).map(([name, value]): [string, string] => [name.toLowerCase(), value]),
      ...(bearer === undefined ? [] : [['authorization', `Bearer ${bearer}`] satisfies [string, string]]),
    ];
    const expiresAt =
      expiresInSeconds === undefined
        ? expiryOf(bearer ?? null, null, nowMs())
        : nowMs() + expiresInSeconds * 1000;
    if (cookies !== undefined && carried.length === 0)
      return { kind: 'maybe', credentials: [givenCookies(actor, cookies, target.api)], given, exchanges };
    if (cookies !== undefined) carried.push(['cookie', cookies]);
    if (carried.length === 0) return refused('the login function gave no bearer, cookies or headers');
    return {
      kind: 'maybe',
      credentials: [fixedCredential(actor, carried, expiresAt ?? undefined)],
      given,
      exchanges,
    };
  } catch (error) {
    if (error instanceof Error && error.name !== 'Error' && error.name !== 'TypeError') throw error;
    return refused(
      `the login function failed: ${(error instanceof Error ? error.message : String(error)).split('\n', 1).join('')}`,
    );
  }
}

function atPointer(json: unknown, pointer: string): string | null {
  let value: unknown = json;
  for (const part of pointer.replace(/^\//, '').split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}
