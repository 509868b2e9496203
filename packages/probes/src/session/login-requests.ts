import type { HeaderList } from '@launch-ready/core';
import type { OutgoingBody, OutgoingRequest, SendResult } from '../transport/transport.ts';
import type { CookieCredential } from './cookie-credential.ts';
import type { AttemptContext } from './login-attempt.ts';
import { asFromOwnPage } from './page-origin.ts';

const common = (context: AttemptContext): Pick<OutgoingRequest, 'actor' | 'probe' | 'effect'> => ({
  actor: context.actor,
  probe: 'session/login',
  effect: { kind: 'session' },
});

/** Asks for a page of the login, as the browser that is signing in. */
export async function fetchPage(
  context: AttemptContext,
  url: string,
  jar: CookieCredential,
): Promise<SendResult> {
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

/** Sends one step of a login, as the application's own page would. */
export async function submit(
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
