import type { ProbeContext } from '../probe.ts';
import { cookieCredential } from '../session/cookie-credential.ts';
import { literalSegments, wordsOf } from './operation-words.ts';
import { unlessGuarded } from './unless-guarded.ts';

const provider =
  /^(sso|oidc|saml|saml2|openid|oauth|oauth2|google|github|gitlab|microsoft|azure|azuread|entra|okta|auth0|keycloak|apple|facebook|linkedin|discord|slack)$/;
const notStart =
  /^(callback|token|tokens|jwks|userinfo|logout|metadata|revoke|introspect|acs|register|unlink|disconnect|callbacks)$/;
const guesses = [
  '/auth/sso',
  '/api/auth/sso',
  '/sso/login',
  '/auth/oidc',
  '/auth/google',
  '/api/auth/google',
  '/auth/github',
  '/login/oauth',
];
const mostPlaces = 12;

/** A redirect of the application to a provider that signs people in. */
export interface SignOnStart {
  readonly url: string;
  readonly toProvider: URL;
  readonly exchange: `x${number}`;
}

const startsSignOn = (path: string): boolean => {
  const words = literalSegments(path).flatMap(wordsOf);
  return words.some((word) => provider.test(word)) && !words.some((word) => notStart.test(word));
};

/** Asks where a sign-on may start, as a fresh browser; the address counts when it leads to a provider's authorization. */
export async function startSignOn(
  context: ProbeContext,
  url: string,
  probe: string,
): Promise<SignOnStart | null> {
  const visitor = cookieCredential('anonymous');
  const result = await unlessGuarded(
    context.sessions.sendWith(visitor, 'anonymous', {
      probe,
      purpose: 'where a sign-on starts',
      method: 'GET',
      url,
      effect: { kind: 'session' },
    }),
  );
  if (result.kind !== 'answer' || result.status < 300 || result.status > 399) return null;
  const location = result.header('location') ?? '';
  if (!URL.canParse(location, url)) return null;
  const toProvider = new URL(location, url);
  const names = toProvider.searchParams;
  const asks = (names.has('response_type') && names.has('client_id')) || names.has('SAMLRequest');
  return asks ? { url, toProvider, exchange: result.exchange } : null;
}

/** Addresses at which a sign-on may start: of the document, of links on the pages, and usual ones. */
export async function signOnPlaces(context: ProbeContext, probe: string): Promise<readonly string[]> {
  const { operations, target, sessions } = context;
  const declared = operations
    .filter(({ method, path }) => method === 'GET' && !path.includes('{') && startsSignOn(path))
    .map(({ origin, path }) => origin + path);
  const linked: string[] = [];
  for (const page of ['/', '/login']) {
    const url = new URL(page, target.app).href;
    const result = await unlessGuarded(
      sessions.sendWith(null, 'anonymous', {
        probe,
        purpose: 'find a sign-on',
        method: 'GET',
        url,
        effect: { kind: 'none' },
      }),
    );
    if (result.kind !== 'answer' || !/html/i.test(result.header('content-type') ?? '')) continue;
    for (const [, href = ''] of result.text.matchAll(/href="([^"]+)"/g))
      if (URL.canParse(href, url) && startsSignOn(new URL(href, url).pathname))
        linked.push(new URL(href, url).href);
  }
  const own = new Set(Object.values(target.origins).map((origin) => new URL(origin).origin));
  const usual = guesses.map((path) => new URL(path, target.api).href);
  return [...new Set([...declared, ...linked.filter((url) => own.has(new URL(url).origin)), ...usual])].slice(
    0,
    mostPlaces,
  );
}
