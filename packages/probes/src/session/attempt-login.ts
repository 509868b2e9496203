import type { ExchangeId } from '@launch-ready/core';
import type { Answer, SendResult } from '../transport/transport.ts';
import { cookieCredential } from './cookie-credential.ts';
import { findCsrfToken, findRefreshToken } from './find-token.ts';
import { firstStep, type FirstStep } from './first-step.ts';
import { giveCodeWhereAsked } from './give-code.ts';
import type { Attempt, AttemptContext, LoginWay } from './login-attempt.ts';
import { credentialsOf } from './login-credentials.ts';
import { fetchPage } from './login-requests.ts';
import { asksForCode } from './second-factor.ts';

const csrfPlaces = ['/api/csrf-token', '/api/csrf', '/csrf-token', '/csrf', '/api/auth/csrf', '/auth/csrf'];

/** Tries one way to log in once. */
export async function attemptLogin(context: AttemptContext, way: LoginWay): Promise<Attempt> {
  const first = await firstStep(context, way);
  if ('kind' in first) return first;
  const { codes } = context;
  const result = codes === null ? first.result : await giveCodeWhereAsked(context, first, codes);
  return attemptOf(context, result, first);
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

/** What the last answer of a login brought. */
export function attemptOf(
  context: AttemptContext,
  result: SendResult,
  {
    url,
    jar,
    csrf,
    exchanges,
  }: Pick<FirstStep, 'url' | 'jar' | 'csrf'> & {
    readonly exchanges: readonly ExchangeId[];
  },
): Attempt {
  if (result.kind === 'no-answer') return { kind: 'nothing-here', status: null, exchanges };
  const { status } = result;
  if ([404, 405, 410, 501].includes(status)) return { kind: 'nothing-here', status, exchanges };
  if (status >= 400) return { kind: 'refused', status, because: reasonOf(context, result), exchanges };
  const { actor, target, nowMs } = context;
  const credentials = credentialsOf({ actor, target, answer: result, jar, csrf, nowMs: nowMs() });
  const refreshToken = findRefreshToken(result.json(), result.headers);
  const given = { refreshToken, jar, loginUrl: url };
  if (credentials.length > 0) return { kind: 'maybe', credentials, given, exchanges };
  const isPage = status === 200 && /text\/html/i.test(result.header('content-type') ?? '');
  if (isPage) return { kind: 'nothing-here', status, exchanges };
  return { kind: 'refused', status, because: `status ${status} without a cookie or token`, exchanges };
}

const reasonOf = (context: AttemptContext, answer: Answer): string =>
  context.codes === null && asksForCode(answer)
    ? `status ${answer.status}, and it asks for a second factor; give its secret with totp: env(...)`
    : `status ${answer.status}`;
