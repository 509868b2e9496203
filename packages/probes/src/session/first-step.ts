import type { ExchangeId } from '@launch-ready/core';
import type { OutgoingBody, SendResult } from '../transport/transport.ts';
import { parseRawUrl } from '../transport/raw-url.ts';
import { cookieCredential, type CookieCredential } from './cookie-credential.ts';
import { findCsrfToken } from './find-token.ts';
import type { AttemptContext, LoginWay } from './login-attempt.ts';
import { loginBody } from './login-body.ts';
import { findLoginForm } from './login-form.ts';
import { fetchPage, submit } from './login-requests.ts';

/** A login after its password was sent, and what a second step needs of it. */
export interface FirstStep {
  readonly way: 'route' | 'page';
  /** Where the password went. */
  readonly url: string;
  readonly body: OutgoingBody;
  readonly result: SendResult;
  readonly jar: CookieCredential;
  readonly csrf: string | null;
  /** Grows with each request of this login. */
  readonly exchanges: ExchangeId[];
}

interface NothingHere {
  readonly kind: 'nothing-here';
  readonly status: number | null;
  readonly exchanges: readonly ExchangeId[];
}

const mostHops = 5;

/** Sends the password of an account in the way in which it logs in. */
export async function firstStep(context: AttemptContext, way: LoginWay): Promise<FirstStep | NothingHere> {
  const exchanges: ExchangeId[] = [];
  const jar = cookieCredential(context.actor);
  if (way.kind === 'page') return byForm(context, way.url, jar, exchanges);
  const { route, csrfFrom } = way;
  let csrf: string | null = null;
  if (csrfFrom !== null) {
    const page = await fetchPage(context, csrfFrom, jar);
    exchanges.push(page.exchange);
    csrf = page.kind === 'answer' ? findCsrfToken(page.json()) : null;
  }
  const body = loginBody(route, context.username, context.password);
  const result = await submit(context, route.url, body, jar, csrf);
  exchanges.push(result.exchange);
  return { way: 'route', url: route.url, body, result, jar, csrf, exchanges };
}

async function byForm(
  context: AttemptContext,
  pageUrl: string,
  jar: CookieCredential,
  exchanges: ExchangeId[],
): Promise<FirstStep | NothingHere> {
  let url = pageUrl;
  for (let hop = 0; hop < mostHops; hop += 1) {
    const page = await fetchPage(context, url, jar);
    exchanges.push(page.exchange);
    if (page.kind === 'no-answer') return { kind: 'nothing-here', status: null, exchanges };
    const location = page.status >= 300 && page.status < 400 ? page.header('location') : null;
    if (location !== null) {
      const next = URL.canParse(location, url) ? new URL(location, url).href : url;
      if (next === url || parseRawUrl(next)?.origin !== parseRawUrl(url)?.origin)
        return { kind: 'nothing-here', status: page.status, exchanges };
      url = next;
      continue;
    }
    const form = page.status === 200 ? findLoginForm(page.text) : null;
    if (!form) return { kind: 'nothing-here', status: page.status, exchanges };
    const fields = {
      ...form.hidden,
      [form.usernameField]: context.username,
      [form.passwordField]: context.password,
    };
    const action = new URL(form.action, url).href;
    if (parseRawUrl(action)?.origin !== parseRawUrl(url)?.origin)
      return { kind: 'nothing-here', status: page.status, exchanges };
    const body: OutgoingBody = { kind: 'form', fields };
    const result = await submit(context, action, body, jar, null);
    exchanges.push(result.exchange);
    return { way: 'page', url: action, body, result, jar, csrf: null, exchanges };
  }
  return { kind: 'nothing-here', status: null, exchanges };
}
