import type { ExchangeId } from '@launch-ready/core';

/** What one trial with a mailed token came to. */
export interface Seen {
  readonly verdict: 'refused' | 'accepted' | 'inconclusive';
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/** Makes a finding of what was seen once only when it is seen again, on fresh tokens. */
export async function seenTwice<T extends Seen>(first: T, again: () => Promise<Seen>): Promise<T | Seen> {
  if (first.verdict !== 'accepted') return first;
  const second = await again();
  const exchanges = [...first.exchanges, ...second.exchanges];
  return second.verdict === 'accepted'
    ? { ...first, because: `${first.because}; the same with fresh tokens`, exchanges }
    : {
        verdict: 'inconclusive',
        because: `${first.because}; that did not show again with fresh tokens: ${second.because}`,
        exchanges,
      };
}
