import type { ActorId, ExchangeId, HeaderList, Operation } from '@launch-ready/core';
import type { LoginRoute, Target } from '../target/target.ts';
import type { Answer, OutgoingBody, OutgoingRequest, SendResult, Transport } from '../transport/transport.ts';
import { parseRawUrl } from '../transport/raw-url.ts';
import { cookieCredential, type CookieCredential } from './cookie-credential.ts';
import type { CodeSource } from './code-source.ts';
import { findCsrfToken, findRefreshToken, type FoundRefreshToken } from './find-token.ts';
import { credentialsOf } from './login-credentials.ts';
import { loginBody } from './login-body.ts';
import { findLoginForm } from './login-form.ts';
import { asFromOwnPage } from './page-origin.ts';
import {
  asksForCode,
  carriedOver,
  findCodeForm,
  secondSteps,
  tokenOfFirstStep,
  type SecondStep,
} from './second-factor.ts';
import type { Credential } from './sessions.ts';

/** A way to log in that was found: one request, or a page with a form whose hidden fields are new each time. */
export type LoginWay =
  | { readonly kind: 'route'; readonly route: LoginRoute; readonly csrfFrom: string | null }
  | { readonly kind: 'page'; readonly url: string };

/** What came with the credentials of a login. */
export interface Given {
  readonly refreshToken: FoundRefreshToken | null;
  readonly jar: CookieCredential;
  readonly loginUrl: string;
}

/** What one attempt brought. */
export type Attempt =
  /** Credentials that the answer may have given, the likeliest first; only a proof tells. */
  | {
      readonly kind: 'maybe';
      readonly credentials: readonly Credential[];
      readonly given: Given;
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
  readonly nowMs: () => number;
  readonly operations: readonly Operation[];
  /** Codes of the second factor, when the target file gives its secret. */
  readonly codes: CodeSource | null;
  /** Second steps that were found to work, by the address of the login. */
  readonly secondSteps: Map<string, SecondStep>;
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
  const body = loginBody(route, context.username, context.password);
  const result = await submit(context, route.url, body, jar, csrf);
  exchanges.push(result.exchange);
  if (context.codes && result.kind === 'answer' && asksForCode(result)) {
    const done = await giveCode(context, {
      first: result,
      url: route.url,
      body,
      jar,
      csrf,
      codes: context.codes,
      exchanges,
    });
    return judged(context, done, { url: route.url, jar, csrf, exchanges });
  }
  return judged(context, result, { url: route.url, jar, csrf, exchanges });
}

/** Sends the code of the second factor to where it may go, until something takes it. Answers what the last place said. */
async function giveCode(
  context: AttemptContext,
  step: {
    readonly first: Answer;
    readonly url: string;
    readonly body: OutgoingBody;
    readonly jar: CookieCredential;
    readonly csrf: string | null;
    readonly codes: CodeSource;
    readonly exchanges: ExchangeId[];
  },
): Promise<SendResult> {
  const known = context.secondSteps.get(step.url);
  const places = known ? [known] : secondSteps(context.operations, step.url, step.first);
  const token = tokenOfFirstStep(step.first);
  let last: SendResult = step.first;
  for (const place of places) {
    const code = await step.codes.next();
    const extra = { ...carriedOver(step.first, place, context.username), [place.field]: code };
    const body: OutgoingBody = place.withLogin
      ? withFields(step.body, { [place.field]: code })
      : { kind: 'json', value: extra };
    const headers: HeaderList =
      token === null || place.withLogin ? [] : [['authorization', `Bearer ${token}`]];
    const result = await submit(context, place.url, body, step.jar, step.csrf, headers);
    step.exchanges.push(result.exchange);
    if (result.kind === 'no-answer' || [404, 405, 501].includes(result.status)) continue;
    last = result;
    step.codes.used();
    // A refusal may be about the name of the field: another place is tried, with another code.
    if (result.status >= 400 || asksForCode(result)) {
      if (known || result.status === 429) break;
      continue;
    }
    context.secondSteps.set(step.url, place);
    break;
  }
  return last;
}

const withFields = (body: OutgoingBody, fields: Readonly<Record<string, string>>): OutgoingBody => {
  if (body.kind === 'form') return { kind: 'form', fields: { ...body.fields, ...fields } };
  return body.kind === 'json' && typeof body.value === 'object'
    ? { kind: 'json', value: { ...body.value, ...fields } }
    : body;
};

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
    const done = context.codes
      ? await giveCodeInForm(context, result, { url: action, jar, codes: context.codes, exchanges })
      : result;
    return judged(context, done, { url: action, jar, csrf: null, exchanges });
  }
  return { kind: 'nothing-here', status: null, exchanges };
}

/** Fills the form for the code of the second factor that a login may lead to. */
async function giveCodeInForm(
  context: AttemptContext,
  first: SendResult,
  step: {
    readonly url: string;
    readonly jar: CookieCredential;
    readonly codes: CodeSource;
    readonly exchanges: ExchangeId[];
  },
): Promise<SendResult> {
  let page = first;
  let { url } = step;
  for (let hop = 0; hop < 3 && page.kind === 'answer'; hop += 1) {
    const form = page.status < 400 ? findCodeForm(page.text) : null;
    if (form) {
      const action = new URL(form.action, url).href;
      if (parseRawUrl(action)?.origin !== parseRawUrl(url)?.origin) return first;
      const fields = { ...form.hidden, [form.field]: await step.codes.next() };
      step.codes.used();
      const result = await submit(context, action, { kind: 'form', fields }, step.jar, null);
      step.exchanges.push(result.exchange);
      return result;
    }
    const location = page.status >= 300 && page.status < 400 ? page.header('location') : null;
    if (location === null || !URL.canParse(location, url)) return first;
    const next = new URL(location, url).href;
    if (parseRawUrl(next)?.origin !== parseRawUrl(url)?.origin) return first;
    url = next;
    page = await fetchPage(context, url, step.jar);
    step.exchanges.push(page.exchange);
  }
  return first;
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
  more: HeaderList = [],
): Promise<SendResult> {
  const tokens: HeaderList = csrf === null ? (jar.pageHeaders?.(url) ?? []) : [['x-csrf-token', csrf]];
  const headers: HeaderList = [...Object.entries(context.target.headers), ...jar.headers(url), ...more];
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
  login: {
    readonly url: string;
    readonly jar: CookieCredential;
    readonly csrf: string | null;
    readonly exchanges: readonly ExchangeId[];
  },
): Attempt {
  const { jar, csrf, exchanges } = login;
  if (result.kind === 'no-answer') return { kind: 'nothing-here', status: null, exchanges };
  const { status } = result;
  if ([404, 405, 410, 501].includes(status)) return { kind: 'nothing-here', status, exchanges };
  if (status >= 400) return { kind: 'refused', status, because: reasonOf(context, result), exchanges };
  const { actor, target, nowMs } = context;
  const credentials = credentialsOf({ actor, target, answer: result, jar, csrf, nowMs: nowMs() });
  const refreshToken = findRefreshToken(result.json(), result.headers);
  const given = { refreshToken, jar, loginUrl: login.url };
  if (credentials.length > 0) return { kind: 'maybe', credentials, given, exchanges };
  const isPage = status === 200 && /text\/html/i.test(result.header('content-type') ?? '');
  if (isPage) return { kind: 'nothing-here', status, exchanges };
  return { kind: 'refused', status, because: `status ${status} without a cookie or token`, exchanges };
}

const reasonOf = (context: AttemptContext, answer: Answer): string =>
  context.codes === null && asksForCode(answer)
    ? `status ${answer.status}, and it asks for a second factor; give its secret with totp: env(...)`
    : `status ${answer.status}`;
