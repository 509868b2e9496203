import type { EvidenceMap } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Answer } from '../transport/transport.ts';
import { compareAccounts, type SeenAnswer } from './compare-accounts.ts';
import { askFor } from './reset-desk.ts';
import type { ResetRoutes } from './reset-routes.ts';

/** Asks for a reset of addresses that nobody has, and compares with the answers that accounts got; each is asked for once. */
export async function tryResetOracle(
  context: ProbeContext,
  routes: ResetRoutes,
  existing: readonly Answer[],
  ...addresses: readonly [string, string]
): Promise<EvidenceMap['resetReplay']['oracle']> {
  const domain = addresses[0].split('@')[1] ?? 'example.com';
  const mask = (answer: Answer): SeenAnswer => ({ answer, addresses });
  const found = await compareAccounts(existing.map(mask), async () => {
    const address = context.inbox?.freshAddress('absent') ?? `lr${context.random.token(10)}@${domain}`;
    const { result } = await askFor(context, routes, address);
    return result.kind === 'answer' ? { answer: result, addresses: [address] } : null;
  });
  return { operation: routes.request.id, ...found, reproduce: null };
}
