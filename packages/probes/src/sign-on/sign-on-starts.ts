import type { ProbeContext } from '../probe.ts';
import { jsonScalars } from '../plant/json-scalars.ts';
import { cookieCredential, type CookieCredential } from '../session/cookie-credential.ts';
import { literalSegments, wordsOf } from '../lifecycle/operation-words.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';

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
const mostPosted = 3;

/** Where a sign-on may start. */
export interface SignOnPlace {
  readonly method: 'GET' | 'POST';
  readonly url: string;
}

/** A redirect of the application to a provider that signs people in. */
export interface SignOnStart {
  readonly place: SignOnPlace;
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
  place: SignOnPlace,
  probe: string,
  visitor: CookieCredential = cookieCredential('anonymous'),
): Promise<SignOnStart | null> {
  const { method, url } = place;
  const result = await unlessGuarded(
    context.sessions.sendWith(visitor, 'anonymous', {
      probe,
      purpose: 'where a sign-on starts',
      method,
      url,
      ...(method === 'POST' ? { body: { kind: 'json', value: {} } as const } : {}),
      effect: { kind: 'session' },
    }),
  );
  if (result.kind !== 'answer' || result.status > 399) return null;
  visitor.absorb(url, result.headers);
  // Pages that start it by a script are told the address in an answer.
  const told = jsonScalars(result.json()).map(({ value }) => String(value));
  for (const location of [result.header('location') ?? '', ...(method === 'POST' ? told : [])]) {
    if (location === '' || !URL.canParse(location, url)) continue;
    const toProvider = new URL(location, url);
    const names = toProvider.searchParams;
    const asks = (names.has('response_type') && names.has('client_id')) || names.has('SAMLRequest');
    if (asks) return { place, toProvider, exchange: result.exchange };
  }
  return null;
}

/** Addresses at which a sign-on may start: of the document, of links on the pages, and usual ones. */
export async function signOnPlaces(context: ProbeContext, probe: string): Promise<readonly SignOnPlace[]> {
  const { operations, target, sessions } = context;
  const declared = operations
    .filter(({ method, path }) => method === 'GET' && !path.includes('{') && startsSignOn(path))
    .map(({ origin, path }) => origin + path);
  const posted = operations
    .filter(({ method, path }) => method === 'POST' && !path.includes('{') && startsSignOn(path))
    .map(({ origin, path }): SignOnPlace => ({ method: 'POST', url: origin + path }));
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
  const asked = new Set([...declared, ...linked.filter((url) => own.has(new URL(url).origin)), ...usual]);
  const got = [...asked].map((url): SignOnPlace => ({ method: 'GET', url }));
  return [...posted.slice(0, mostPosted), ...got].slice(0, mostPlaces);
}
