import type { EvidenceMap } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Answer } from '../transport/transport.ts';
import { compareAccounts, type SeenAnswer } from '../oracles/compare-accounts.ts';
import { oracleReproduction } from '../oracles/oracle-reproduction.ts';
import { askFor, requestToShow } from './reset-desk.ts';
import type { ResetRequest } from './reset-routes.ts';
import { timeReset } from './time-reset.ts';

type Oracle = NonNullable<EvidenceMap['resetReplay']['oracle']>;

/** What is said of a reset that could not be compared. */
export const unknownOracle = (operation: string, because: string): Oracle => ({
  operation,
  verdict: 'inconclusive',
  because,
  exchanges: [],
  reproduce: null,
});

/** What strangers learn of who has an account, by what they are answered and by how long it takes. */
export interface ResetOracle {
  readonly oracle: Oracle | null;
  readonly times: EvidenceMap['resetReplay']['times'];
}

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
): Promise<ResetOracle> {
  const { request } = asked;
  const account =
    context.target.tenants
      .map((tenant) => context.sessions.throwaway(tenant))
      .find((actor) => actor !== null && context.sessions.secretOf(actor)?.username === addresses[0]) ?? null;
  const known = existing.filter(({ status }) => status < 400);
  const [refused] = existing;
  if (known.length === 0 && refused !== undefined)
    return {
      oracle: {
        ...unknownOracle(
          request.id,
          `${request.id} was not tried for strangers: for an account that exists it answered ${refused.status}`,
        ),
        exchanges: [refused.exchange],
      },
      times: null,
    };
  const [, domain] = addresses[0].split('@');
  const stranger = (): string => {
    const name = `lr${context.random.token(10)}`;
    if (domain === undefined) return name;
    return context.inbox?.freshAddress('absent') ?? `${name}@${domain}`;
  };
  const names = { known: [...new Set(addresses)], absent: [...new Set(addresses)].map(stranger) };
  const absent: Answer[] = [];
  const mask = (answer: Answer): SeenAnswer => ({ answer, addresses });
  const found = await compareAccounts(
    known.map(mask),
    async () => {
      const address = names.absent[absent.length % names.absent.length] ?? '';
      const { result } = await askFor(context, asked, address);
      if (result.kind !== 'answer') return null;
      absent.push(result);
      return { answer: result, addresses: [address] };
    },
    async () => {
      const more = await askPresent();
      if (more !== null) known.push(more);
      return more === null ? null : mask(more);
    },
  );
  // Where the answers themselves tell, how long they took tells nothing more.
  const times = found.verdict === 'alike' ? await timeReset(context, asked, names, { known, absent }) : null;
  const reproduction = (verdict: string, by: 'answer' | 'time') =>
    verdict === 'differs' && account !== null
      ? oracleReproduction(requestToShow(asked, addresses[0]), { actor: account, address: addresses[0] }, by)
      : null;
  return {
    oracle: { operation: request.id, ...found, reproduce: reproduction(found.verdict, 'answer') },
    times: times === null ? null : { ...times, reproduce: reproduction(times.verdict, 'time') },
  };
}
