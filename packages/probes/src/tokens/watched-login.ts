import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import type { ProbeContext } from '../probe.ts';
import type { LoginResult } from '../session/sessions.ts';
import type { Answer } from '../transport/transport.ts';

/** A login with the answers to it. */
export async function watchedLogin(
  context: Pick<ProbeContext, 'sessions' | 'transport'>,
  actor: string,
): Promise<{ readonly login: LoginResult; readonly answers: readonly Answer[] }> {
  const answers: Answer[] = [];
  let watching = true;
  context.transport.onAnswer((request, answer) => {
    if (watching && request.actor === actor && request.method === 'POST') answers.push(answer);
  });
  const login = await logInAfresh(context, actor);
  watching = false;
  return { login, answers };
}
