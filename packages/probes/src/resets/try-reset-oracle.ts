import type { EvidenceMap } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Answer } from '../transport/transport.ts';
import { compareAccounts, type SeenAnswer } from './compare-accounts.ts';
import { askFor } from './reset-desk.ts';
import type { ResetRequest } from './reset-routes.ts';

type Oracle = NonNullable<EvidenceMap['resetReplay']['oracle']>;

/** What is said of a reset that could not be compared. */
export const unknownOracle = (operation: string, because: string): Oracle => ({
  operation,
  verdict: 'inconclusive',
  because,
  exchanges: [],
  reproduce: null,
});

/**
 * Asks for a reset of accounts that nobody has, and compares with the answers that accounts got; each is asked for once. Where
 * an account that exists is refused as well, the request itself is wanting, and that others are refused alike tells nothing.
 */
export async function tryResetOracle(
  context: ProbeContext,
  asked: ResetRequest,
  existing: readonly Answer[],
  addresses: readonly [string, string],
  askPresent: () => Promise<Answer | null> = async () => null,
): Promise<Oracle> {
  const { request } = asked;
  const taken = existing.filter(({ status }) => status < 400);
  const [refused] = existing;
  if (taken.length === 0 && refused !== undefined)
    return {
      ...unknownOracle(
        request.id,
        `${request.id} was not tried for strangers: for an account that exists it answered ${refused.status}`,
      ),
      exchanges: [refused.exchange],
    };
  const [, domain] = addresses[0].split('@');
  const stranger = (): string => {
    const name = `lr${context.random.token(10)}`;
    if (domain === undefined) return name;
    return context.inbox?.freshAddress('absent') ?? `${name}@${domain}`;
  };
  const mask = (answer: Answer): SeenAnswer => ({ answer, addresses });
  const found = await compareAccounts(
    taken.map(mask),
    async () => {
      const address = stranger();
      const { result } = await askFor(context, asked, address);
      return result.kind === 'answer' ? { answer: result, addresses: [address] } : null;
    },
    async () => {
      const more = await askPresent();
      return more === null ? null : mask(more);
    },
  );
  return { operation: request.id, ...found, reproduce: null };
}
