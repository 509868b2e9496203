import type { EvidenceMap } from '@launch-ready/core';
import { jsonScalars } from '../plant/json-scalars.ts';
import type { Answer } from '../transport/transport.ts';
import { readableToken, type ReadableToken } from './readable-token.ts';

type Life = EvidenceMap['tokenLife']['lives'][number];

/** What a login's answer says about the life of what it gives out. */
export type DeclaredLife = Pick<Life, 'token' | 'seconds' | 'source' | 'selfContained' | 'endless'>;

/** Life of the token that carries a session in a header; null seconds when nothing declares one. */
export function accessLife(token: string, answers: readonly Answer[], now: number): DeclaredLife {
  const readable = readableToken(token);
  if (readable !== null) return signedLife('access', readable, now);
  const said = answers.flatMap(
    (answer) =>
      fieldLife(answer, now, /^(access_?token_?)?expires_?(in|at)?$|^(expiry|expiration|ttl)$/i) ?? [],
  )[0];
  return {
    token: 'access',
    seconds: said?.seconds ?? null,
    source: said?.source ?? 'nothing declares it',
    selfContained: false,
    endless: false,
  };
}

export function refreshLife(token: string, answers: readonly Answer[], now: number): DeclaredLife {
  const readable = readableToken(token);
  if (readable !== null) return { ...signedLife('refresh', readable, now), endless: false };
  const said = answers.flatMap(
    (answer) =>
      fieldLife(answer, now, /^refresh_?(token_?)?expires_?(in|at)?$/i) ??
      cookieLife(answer, token, now) ??
      [],
  )[0];
  return {
    token: 'refresh',
    seconds: said?.seconds ?? null,
    source: said?.source ?? 'nothing declares it',
    selfContained: false,
    endless: false,
  };
}

/** Life of the cookie that carries a session: what it declares itself, and the signed token in it where there is one. */
export function sessionCookieLife(line: string, answers: readonly Answer[], now: number): DeclaredLife {
  const readable = readableToken(line);
  if (readable !== null) return signedLife('access', readable, now);
  const pairs = line.split(';').map((pair) => pair.trim());
  const value = (pair: string): string => pair.slice(pair.indexOf('=') + 1);
  const said = pairs.flatMap((pair) =>
    answers.flatMap((answer) => cookieLife(answer, value(pair), now) ?? []),
  )[0];
  return {
    token: 'session-cookie',
    seconds: said?.seconds ?? null,
    source: said?.source ?? 'it ends with the browser',
    selfContained: false,
    endless: false,
  };
}

function signedLife(token: Life['token'], { claims }: ReadableToken, now: number): DeclaredLife {
  const { exp, iat, nbf } = claims;
  const from = typeof iat === 'number' ? iat : typeof nbf === 'number' ? nbf : now / 1000;
  return {
    token,
    seconds: typeof exp === 'number' ? Math.max(0, Math.round(exp - from)) : null,
    source: 'its exp claim',
    selfContained: true,
    endless: typeof exp !== 'number',
  };
}

interface Said {
  readonly seconds: number;
  readonly source: string;
}

function fieldLife(answer: Answer, now: number, name: RegExp): Said | null {
  for (const { key, value } of jsonScalars(answer.json())) {
    if (!name.test(key)) continue;
    const seconds = secondsFrom(value, now);
    if (seconds !== null) return { seconds, source: `${key} of the login` };
  }
  return null;
}

/** A count of seconds, a point in time in seconds or milliseconds, an ISO date, or `15m`. */
function secondsFrom(value: string | number | boolean | null, now: number): number | null {
  if (typeof value === 'number') {
    if (value > 1e12) return Math.round((value - now) / 1000);
    if (value > 1e9) return Math.round(value - now / 1000);
    return value > 0 ? value : null;
  }
  if (typeof value !== 'string') return null;
  const short = /^(\d+)\s*(s|m|h|d)$/i.exec(value);
  if (short)
    return Number(short[1]) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[short[2]?.toLowerCase() ?? ''] ?? 1);
  if (/^\d+$/.test(value)) return secondsFrom(Number(value), now);
  const at = Date.parse(value);
  return Number.isNaN(at) || at < now ? null : Math.round((at - now) / 1000);
}

/** Max-Age or Expires of the cookie with this value (RFC 6265 section 4.1.2; Max-Age wins). */
function cookieLife(answer: Answer, value: string, now: number): Said | null {
  const line = answer
    .headerValues('set-cookie')
    .find((one) => value.length >= 8 && one.includes(`=${value}`));
  if (line === undefined) return null;
  const age = /;\s*max-age\s*=\s*(\d+)/i.exec(line)?.[1];
  if (age !== undefined) return { seconds: Number(age), source: 'its Max-Age' };
  const expires = /;\s*expires\s*=\s*([^;]+)/i.exec(line)?.[1];
  const at = expires === undefined ? Number.NaN : Date.parse(expires);
  return Number.isNaN(at)
    ? null
    : { seconds: Math.max(0, Math.round((at - now) / 1000)), source: 'its Expires' };
}
