import type { ProbeContext } from '../probe.ts';
import type { Credential, LoginResult } from '../session/sessions.ts';

/**
 * Credentials of the same login that work without the one in use, one of each kind: an application that takes a cookie and
 * a token has to end both. The token may be tried in several headers; the first that is recognised counts.
 */
export async function livingOthers(
  { sessions }: ProbeContext,
  login: Extract<LoginResult, { kind: 'in' }>,
  probe: string,
): Promise<readonly Credential[]> {
  const found: Credential[] = [];
  for (const other of login.others ?? []) {
    if (found.some(({ kind }) => (kind === 'cookie') === (other.kind === 'cookie'))) continue;
    if ((await sessions.isAlive(other, probe)).alive) found.push(other);
  }
  return found;
}
