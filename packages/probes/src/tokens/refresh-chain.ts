import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Refresh } from '../session/sessions.ts';
import { tradeRefresh, type Trade } from './trade-refresh.ts';

type Trial = EvidenceMap['refreshTokens']['trials'][number];

/** One thing seen of a refresh token, before it is confirmed. */
export type RefreshSight = Pick<Trial, 'case' | 'verdict' | 'because' | 'exchanges' | 'seenOnce'>;

const probe = 'lifecycle/refresh-tokens';
/** Ages of an old token, in milliseconds, until which a grace that hands out the same successor may last. */
const graceAgesMs = [0, 5000, 35_000] as const;

/**
 * Trades a token and its successor in, then the old one again. The old one may be refused, may give the same successor for a
 * while, or may open a second chain, which counts only when both chains go on.
 */
export async function refreshChain(context: ProbeContext, first: Refresh): Promise<readonly RefreshSight[]> {
  const exchanges: ExchangeId[] = [];
  const trade = async (refresh: Refresh, unproven = false): Promise<Trade> => {
    const made = await tradeRefresh(context, refresh, { probe, unproven });
    exchanges.push(...made.exchanges);
    return made;
  };
  const say = (which: Trial['case'], verdict: Trial['verdict'], because: string): RefreshSight => ({
    case: which,
    verdict,
    because,
    exchanges: [...exchanges],
  });

  const one = await trade(first);
  if (one.kind !== 'given')
    return [say('rotation', 'inconclusive', `a fresh refresh token could not be traded in: ${one.because}`)];
  if (one.next.token === first.token) {
    const again = await trade(first);
    if (again.kind === 'given')
      return [
        say('rotation', 'bad', 'a refresh token was not replaced by its use, and gave access a second time'),
      ];
    return again.kind === 'refused'
      ? [say('rotation', 'good', 'a refresh token works once and has no successor')]
      : [say('rotation', 'inconclusive', again.because)];
  }
  const rotation = say('rotation', 'good', 'using a refresh token replaced it');
  const two = await trade(one.next, true);
  if (two.kind !== 'given')
    return [rotation, say('reuse', 'inconclusive', `the successor could not be used: ${two.because}`)];

  // The newest token of the rightful chain; the chain is asked to go on only when the old token gave something.
  let newest = two.next;
  for (const [index, age] of graceAgesMs.entries()) {
    if (age > 0) await context.clock.sleep(age - (graceAgesMs[index - 1] ?? 0));
    const again = await trade(first);
    if (again.kind === 'unsure') return [rotation, say('reuse', 'inconclusive', again.because)];
    if (again.kind === 'refused') {
      const late = age === 0 ? '' : ` ${age / 1000} s later`;
      return [rotation, say('reuse', 'good', `the old refresh token was refused${late}`)];
    }
    const other = again.next;
    const known = [first.token, one.next.token, newest.token].includes(other.token);
    if (known) continue;
    const side = await trade(other);
    const main = await trade(newest);
    if (side.kind === 'given' && main.kind === 'given')
      return [
        rotation,
        say('fork', 'bad', 'an old refresh token opened a second chain, which goes on beside the first'),
      ];
    if (main.kind === 'given') newest = main.next;
    else break;
  }
  const last = await trade(first);
  return [
    rotation,
    last.kind === 'given'
      ? say('reuse', 'bad', 'an old refresh token still gave access after its successors had been used')
      : say('reuse', 'good', 'the old refresh token was refused in the end'),
  ];
}
