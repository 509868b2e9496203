import type { ActorId, ExchangeId, HeaderList } from '@launch-ready/core';
import type { LoginRoute, Target } from '../target/target.ts';
import type { Answer, OutgoingBody, OutgoingRequest, SendResult, Transport } from '../transport/transport.ts';
import { parseRawUrl } from '../transport/raw-url.ts';
import { cookieCredential, type CookieCredential } from './cookie-credential.ts';
import { findCsrfToken, findToken } from './find-token.ts';
import { bearerHeader, headerCredential } from './header-credential.ts';
import { loginBody } from './login-body.ts';
import { findLoginForm } from './login-form.ts';
import { asFromOwnPage } from './page-origin.ts';
import type { Credential } from './sessions.ts';

/** A way to log in that was found: one request, or a page with a form whose hidden fields are new each time. */
export type LoginWay =
  | { readonly kind: 'route'; readonly route: LoginRoute; readonly csrfFrom: string | null }
  | { readonly kind: 'page'; readonly url: string };

/** What one attempt brought. */
export type Attempt =
  /** Credentials that the answer may have given, the likeliest first; only a proof tells. */
  | {
      readonly kind: 'maybe';
      readonly credentials: readonly Credential[];
      readonly exchanges: readonly ExchangeId[];
    }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly because: string;
      readonly exchanges: readonly ExchangeId[];
    }
  /** No login is here. */
  | {
      readonly kind: 'nothing-here';
      readonly status: number | null;
      readonly exchanges: readonly ExchangeId[];
    };

export interface AttemptContext {
  readonly transport: Transport;
  readonly target: Pick<Target, 'app' | 'api' | 'headers'>;
  readonly actor: ActorId;
  readonly username: string;
  readonly password: string;
}

const csrfPlaces = ['/api/csrf-token', '/api/csrf', '/csrf-token', '/csrf', '/api/auth/csrf', '/auth/csrf'];

/** Tries one way to log in once. */
export async function attemptLogin(context: AttemptContext, way: LoginWay): Promise<Attempt> {
  return way.kind === 'page' ? attemptForm(context, way.url) : attemptRoute(context, way.route, way.csrfFrom);
}

/** Where a CSRF token for the login can be fetched, when the route asks for one; null when none is found. */
export async function findCsrfPlace(context: AttemptContext, base: string): Promise<string | null> {
  for (const path of csrfPlaces) {
    const answer = await fetchPage(context, `${base}${path}`, cookieCredential(context.actor));
    if (answer.kind === 'answer' && answer.status === 200 && findCsrfToken(answer.json()) !== null)
      return `${base}${path}`;
  }
  return null;
}

async function attemptRoute(
  context: AttemptContext,
  route: LoginRoute,
  csrfFrom: string | null,
): Promise<Attempt> {
  const exchanges: ExchangeId[] = [];
  const jar = cookieCredential(context.actor);
  let csrf: string | null = null;
  if (csrfFrom !== null) {
    const page = await fetchPage(context, csrfFrom, jar);
    exchanges.push(page.exchange);
    csrf = page.kind === 'answer' ? findCsrfToken(page.json()) : null;
  }
  const result = await submit(
    context,
    route.url,
    loginBody(route, context.username, context.password),
    jar,
    csrf,
  );
  exchanges.push(result.exchange);
  return judged(context, result, jar, csrf, exchanges);
}

async function attemptForm(context: AttemptContext, pageUrl: string): Promise<Attempt> {
  const exchanges: ExchangeId[] = [];
  const jar = cookieCredential(context.actor);
  let url = pageUrl;
  for (let hop = 0; hop < 5; hop += 1) {
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
    const result = await submit(context, action, { kind: 'form', fields }, jar, null);
    exchanges.push(result.exchange);
    return judged(context, result, jar, null, exchanges);
  }
  return { kind: 'nothing-here', status: null, exchanges };
}

const common = (context: AttemptContext): Pick<OutgoingRequest, 'actor' | 'probe' | 'effect'> => ({
  actor: context.actor,
  probe: 'session/login',
  effect: { kind: 'session' },
});

async function fetchPage(context: AttemptContext, url: string, jar: CookieCredential): Promise<SendResult> {
  const headers: HeaderList = [...Object.entries(context.target.headers), ...jar.headers(url)];
  const result = await context.transport.send({
    ...common(context),
    purpose: 'find the login',
    method: 'GET',
    url,
    headers,
  });
  if (result.kind === 'answer') jar.absorb(url, result.headers);
  return result;
}

async function submit(
  context: AttemptContext,
  url: string,
  body: OutgoingBody,
  jar: CookieCredential,
  csrf: string | null,
): Promise<SendResult> {
  const tokens: HeaderList = csrf === null ? (jar.pageHeaders?.(url) ?? []) : [['x-csrf-token', csrf]];
  const headers: HeaderList = [...Object.entries(context.target.headers), ...jar.headers(url)];
  const result = await context.transport.send({
    ...common(context),
    purpose: 'log in',
    method: 'POST',
    url,
    headers: asFromOwnPage({ method: 'POST', headers }, { app: context.target.app, tokens }),
    body,
  });
  if (result.kind === 'answer') jar.absorb(url, result.headers);
  return result;
}

function judged(
  context: AttemptContext,
  result: SendResult,
  jar: CookieCredential,
  csrf: string | null,
  exchanges: readonly ExchangeId[],
): Attempt {
  if (result.kind === 'no-answer') return { kind: 'nothing-here', status: null, exchanges };
  const { status } = result;
  if ([404, 405, 410, 501].includes(status)) return { kind: 'nothing-here', status, exchanges };
  if (status >= 400) return { kind: 'refused', status, because: `status ${status}`, exchanges };
  const credentials = credentialsIn(context, result, jar, csrf);
  if (credentials.length > 0) return { kind: 'maybe', credentials, exchanges };
  const isPage = status === 200 && /text\/html/i.test(result.header('content-type') ?? '');
  if (isPage) return { kind: 'nothing-here', status, exchanges };
  return { kind: 'refused', status, because: `status ${status} without a cookie or token`, exchanges };
}

function credentialsIn(
  context: AttemptContext,
  answer: Answer,
  jar: CookieCredential,
  csrf: string | null,
): readonly Credential[] {
  const found: Credential[] = [];
  const token = findToken(answer.json(), answer.headers);
  const json: unknown = answer.json();
  const sets =
    answer.headerValues('set-cookie').length > 0 ||
    jar.names(context.target.app).length > 0 ||
    jar.names(context.target.api).length > 0;
  if (sets) {
    const afterwards = findCsrfToken(json) ?? csrf;
    found.push(afterwards === null ? jar : withCsrf(jar, afterwards));
  }
  if (token) {
    const { actor } = context;
    found.push(headerCredential(actor, token.token, bearerHeader));
    if (/session/i.test(token.name)) {
      found.push(headerCredential(actor, token.token, { name: 'x-parse-session-token', prefix: '' }));
      found.push(headerCredential(actor, token.token, { name: 'x-session-token', prefix: '' }));
    }
    found.push(headerCredential(actor, token.token, { name: 'x-access-token', prefix: '' }));
    found.push(headerCredential(actor, token.token, { name: 'x-auth-token', prefix: '' }));
    for (const prefix of ['Token ', 'JWT ', ''])
      found.push(headerCredential(actor, token.token, { name: 'authorization', prefix }));
  }
  return found;
}

const withCsrf = (credential: Credential, token: string): Credential => ({
  ...credential,
  tampered: () => withCsrf(credential.tampered(), token),
  snapshot: () => withCsrf(credential.snapshot(), token),
  pageHeaders: () => [['x-csrf-token', token]],
});
