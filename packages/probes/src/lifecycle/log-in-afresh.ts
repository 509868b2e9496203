import type { ActorId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { LoginResult } from '../session/sessions.ts';

/**
 * One more session of an account with everything that its login gives out. The first login of an account only finds out how
 * to prove it; the next also tells what else it gives.
 */
export async function logInAfresh(
  { sessions }: Pick<ProbeContext, 'sessions'>,
  actor: ActorId,
  password?: string,
): Promise<LoginResult> {
  const first = await sessions.login(actor, password);
  if (first.kind === 'refused' || first.others !== undefined || first.refresh !== undefined) return first;
  return sessions.login(actor, password);
}
