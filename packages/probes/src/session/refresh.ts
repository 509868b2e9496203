import type { ActorId, HeaderList, Operation } from '@launch-ready/core';
import type { Target } from '../target/target.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import { bodyFields } from '../lifecycle/operation-words.ts';
import type { CookieCredential } from './cookie-credential.ts';
import { findRefreshToken, type FoundRefreshToken } from './find-token.ts';
import { credentialsOf } from './login-credentials.ts';
import { asFromOwnPage } from './page-origin.ts';
import type { Refresh } from './sessions.ts';

/** The request that trades in refresh tokens of this application. */
export interface RefreshRoute {
  readonly url: string;
  readonly place: Refresh['place'];
  /** Field of the body that takes the token; unused when it travels as a cookie. */
  readonly field: string;
  readonly fixed: Readonly<Record<string, string>>;
  readonly headers: HeaderList;
  readonly seenToWork: boolean;
}

const refreshPath = /refresh|token\/?renew|renew-?token/i;
const guesses = ['refresh', 'refresh-token', 'token/refresh', 'refresh_token', 'token'];

/** Routes that may take a refresh token, the declared ones first. */
export function refreshRoutes(setting: {
  readonly target: Pick<Target, 'api' | 'app'>;
  readonly operations: readonly Operation[];
  readonly loginUrl: string | null;
  readonly found: FoundRefreshToken;
}): { readonly declared: readonly RefreshRoute[]; readonly guessed: readonly RefreshRoute[] } {
  const { target, operations, loginUrl, found } = setting;
  const inCookie = found.place === 'cookie';
  const base = { fixed: {}, headers: [], seenToWork: false } as const;
  const declared = operations
    .filter(({ method, path }) => method === 'POST' && !path.includes('{'))
    .flatMap((operation): RefreshRoute[] => {
      const field = bodyFields(operation).find(({ name }) => /^refresh(_?token)?$/i.test(name))?.name;
      const named = refreshPath.test(operation.path);
      if (!named && field === undefined) return [];
      if (/log-?_?out|revoke|sign-?_?out/i.test(operation.path)) return [];
      const only = bodyFields(operation)[0]?.name;
      const form = /urlencoded/.test(operation.body?.contentType ?? '');
      const place = inCookie && field === undefined ? 'cookie' : form ? 'form' : 'json';
      if (place !== 'cookie' && field === undefined && only === undefined) return [];
      const fixed: Readonly<Record<string, string>> = form && !named ? { grant_type: 'refresh_token' } : {};
      return [
        {
          ...base,
          fixed,
          url: `${operation.origin}${operation.path}`,
          place,
          field: field ?? only ?? found.name,
        },
      ];
    });
  const folder = loginUrl === null ? `${target.api}/auth` : loginUrl.slice(0, loginUrl.lastIndexOf('/'));
  const guessed = [
    ...new Set([...guesses.map((guess) => `${folder}/${guess}`), `${target.api}/api/auth/refresh`]),
  ].map((url): RefreshRoute => ({ ...base, url, place: inCookie ? 'cookie' : 'json', field: found.name }));
  return { declared, guessed: guessed.filter(({ url }) => !declared.some((one) => one.url === url)) };
}

/** A refresh token with the way to use it. */
export function createRefresh(setting: {
  readonly actor: ActorId;
  readonly target: Pick<Target, 'app' | 'api' | 'headers'>;
  readonly found: FoundRefreshToken;
  readonly route: RefreshRoute;
  /** Cookies of the login, which travel along. */
  readonly jar: CookieCredential;
  readonly now: () => number;
}): Refresh {
  const { actor, target, found, route, jar, now } = setting;
  const bodyWith = (token: string): OutgoingBody => {
    const fields = { ...route.fixed, ...(route.place === 'cookie' ? {} : { [route.field]: token }) };
    return route.place === 'form' ? { kind: 'form', fields } : { kind: 'json', value: fields };
  };
  return {
    actor,
    token: found.token,
    place: route.place,
    seenToWork: route.seenToWork,
    request: (token = found.token) => {
      const kept = jar.headers(route.url).map(([name, value]): [string, string] => {
        const pairs = value.split('; ').filter((pair) => !pair.startsWith(`${found.name}=`));
        return [name, pairs.join('; ')];
      });
      const line = [
        ...kept.map(([, value]) => value).filter((value) => value !== ''),
        ...(route.place === 'cookie' ? [`${found.name}=${token}`] : []),
      ].join('; ');
      const cookies: HeaderList = line === '' || route.place !== 'cookie' ? [] : [['cookie', line]];
      const own: HeaderList = [...Object.entries(target.headers), ...route.headers, ...cookies];
      const tokens = jar.pageHeaders?.(route.url) ?? [];
      const headers = asFromOwnPage({ method: 'POST', headers: own }, { app: target.app, tokens });
      return { method: 'POST', url: route.url, headers, body: bodyWith(token) };
    },
    read: (answer) => {
      if (answer.status < 200 || answer.status > 299) return null;
      const renewed = jar.snapshot();
      renewed.absorb(route.url, answer.headers);
      const given = { actor, target, answer, jar: renewed, csrf: null, nowMs: now() };
      const credentials = credentialsOf(given).filter(
        // Old cookies that came along unchanged are nothing new.
        ({ kind }) => kind !== 'cookie' || answer.headerValues('set-cookie').length > 0,
      );
      if (credentials.length === 0) return null;
      const next = findRefreshToken(answer.json(), answer.headers);
      return {
        credentials,
        rotated: next !== null && next.token !== found.token,
        refresh: createRefresh({
          ...setting,
          found: next ?? found,
          jar: renewed,
          route: { ...route, seenToWork: true },
        }),
      };
    },
  };
}
