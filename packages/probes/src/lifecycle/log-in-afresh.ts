import type { ActorId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { LoginResult } from '../session/sessions.ts';

/** A session, and the address whose answer told that it lives. */
export type FreshLogin = LoginResult & { readonly aliveUrl: string | null };

/**
 * One more session of an account with everything that its login gives out. The first login of an account only finds out how
 * to prove it; the next also tells what else it gives.
 */
export async function logInAfresh(
  { sessions, transport }: Pick<ProbeContext, 'sessions' | 'transport'>,
  actor: ActorId,
  password?: string,
): Promise<FreshLogin> {
  let aliveUrl: string | null = null;
  let watching = true;
  transport.onAnswer((request) => {
    if (watching && request.method === 'GET' && request.actor === actor) aliveUrl = request.url;
  });
  const first = await sessions.login(actor, password);
  const whole = first.kind === 'refused' || first.others !== undefined || first.refresh !== undefined;
  const login = whole ? first : await sessions.login(actor, password);
  watching = false;
  return { ...login, aliveUrl };
}
