import type { ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { cookieCredential, type CookieCredential } from '../session/cookie-credential.ts';
import { findToken } from '../session/find-token.ts';
import { bearerHeader, headerCredential } from '../session/header-credential.ts';
import type { Credential } from '../session/sessions.ts';
import { startSignOn, type SignOnPlace, type SignOnStart } from './sign-on-starts.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';

const mostRedirects = 3;

/** A browser that was sent to the provider, and the address that the provider sends it back to. */
export interface SignOnWalk {
  readonly start: SignOnStart;
  readonly browser: CookieCredential;
  readonly callback: string;
}

/** Starts a sign-on in a fresh browser, and goes through the provider with a function of the target file. */
export async function walkSignOn(
  context: ProbeContext,
  place: SignOnPlace,
  probe: string,
  atProvider: (authorizationUrl: string) => Promise<string>,
): Promise<SignOnWalk | { readonly because: string }> {
  const browser = cookieCredential('anonymous');
  const start = await startSignOn(context, place, probe, browser);
  if (start === null) return { because: 'the sign-on did not lead to the provider again' };
  let callback: string;
  try {
    callback = await atProvider(start.toProvider.href);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { because: `the function of the target file failed at the provider: ${said}` };
  }
  if (!URL.canParse(callback))
    return { because: 'the function of the target file gave no address to come back to' };
  return { start, browser, callback };
}

/** Opens the address in a browser and follows it inside the application; gives what it was handed there. */
export async function comeBack(
  context: ProbeContext,
  callback: string,
  browser: CookieCredential,
  probe: string,
): Promise<{
  readonly credentials: readonly Credential[];
  readonly exchanges: readonly ExchangeId[];
  readonly said: string;
  /** Where it was sent outside of the application; null when nowhere. */
  readonly leftFor: URL | null;
}> {
  const exchanges: ExchangeId[] = [];
  const credentials: Credential[] = [];
  const own = new Set(Object.values(context.target.origins).map((origin) => new URL(origin).origin));
  let url = callback;
  let said = 'the callback was not asked';
  let leftFor: URL | null = null;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const result = await unlessGuarded(
      context.sessions.sendWith(browser, 'anonymous', {
        probe,
        purpose: 'come back from the provider',
        method: 'GET',
        url,
        effect: { kind: 'session' },
      }),
    );
    if (result.kind === 'not-sent') return { credentials, exchanges, said: result.because, leftFor };
    exchanges.push(result.exchange);
    if (result.kind === 'no-answer') return { credentials, exchanges, said: result.because, leftFor };
    if (hop === 0) said = `the callback answered with ${result.status}`;
    browser.absorb(url, result.headers);
    const location = result.header('location') ?? '';
    const token = findToken(result.json(), result.headers)?.token ?? tokenIn(location, url);
    if (token !== null) {
      context.transport.addSecret(token);
      credentials.push(headerCredential('anonymous', token, bearerHeader));
    }
    const next = URL.canParse(location, url) ? new URL(location, url) : null;
    if (result.status < 300 || result.status > 399 || next === null) break;
    if (!own.has(next.origin)) {
      leftFor = next;
      break;
    }
    next.hash = '';
    url = next.href;
  }
  if (browser.names(context.target.api).length > 0) credentials.push(browser);
  return { credentials, exchanges, said, leftFor };
}

/** A token handed over in the query or behind the hash of a redirect. */
function tokenIn(location: string, base: string): string | null {
  if (!URL.canParse(location, base)) return null;
  const { searchParams, hash } = new URL(location, base);
  for (const given of [searchParams, new URLSearchParams(hash.slice(1))])
    for (const name of ['access_token', 'accessToken', 'token', 'jwt']) {
      const value = given.get(name);
      if (value !== null && value.length >= 16) return value;
    }
  return null;
}
