import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import { readableTokenOf, secondsLeft } from './readable-token.ts';

/** Seconds that a self-contained token of a credential says that it still lives; null when it does not say. */
export function residualLife(
  { target, clock }: Pick<ProbeContext, 'target' | 'clock'>,
  credential: Credential,
): number | null {
  const token = readableTokenOf(credential, target.api);
  return token === null ? null : secondsLeft(token, clock.now());
}
