import type { ExchangeId } from '@launch-ready/core';
import type { Answer } from '../transport/transport.ts';
import { differenceOf, maskedAnswer } from './masked-answer.ts';

/** An answer, and the addresses that it may repeat. */
export interface SeenAnswer {
  readonly answer: Answer;
  readonly addresses: readonly string[];
}

interface Compared {
  readonly verdict: 'alike' | 'differs' | 'inconclusive';
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

const limited = ({ answer }: SeenAnswer): boolean => answer.status === 429 || answer.status >= 500;
const masked = ({ answer, addresses }: SeenAnswer): string =>
  addresses.reduce(
    (text, one) => text.replaceAll(one, '<address>'),
    maskedAnswer(answer, addresses[0] ?? ''),
  );

/**
 * Compares what accounts that exist were answered with what absent ones are. A difference counts when two of each are alike among
 * themselves, so that chance and limits are no difference; one pair that is alike is enough.
 */
export async function compareAccounts(
  present: readonly SeenAnswer[],
  askAbsent: () => Promise<SeenAnswer | null>,
  askPresent: () => Promise<SeenAnswer | null> = async () => null,
): Promise<Compared> {
  let known = present.filter((one) => !limited(one));
  const exchanges = known.map(({ answer }) => answer.exchange);
  const unsure = (because: string): Compared => ({ verdict: 'inconclusive', because, exchanges });
  const [first] = known;
  if (first === undefined) return unsure('no answer for an account that exists was seen');
  const absent = await askAbsent();
  if (absent === null || limited(absent)) return unsure('no answer for an absent account was seen');
  exchanges.push(absent.answer.exchange);
  if (known.some((one) => masked(one) === masked(absent)))
    return {
      verdict: 'alike',
      because: 'an account that exists and one that does not got the same answer',
      exchanges,
    };
  const again = await askAbsent();
  if (again === null || limited(again)) return unsure('no second answer for an absent account was seen');
  exchanges.push(again.answer.exchange);
  const more = known.length < 2 ? await askPresent() : null;
  if (more !== null && !limited(more)) known = [...known, more];
  if (more !== null) exchanges.push(more.answer.exchange);
  const faces = new Set(known.map(masked));
  if (known.length < 2 || faces.size > 1 || masked(absent) !== masked(again))
    return unsure('answers differ from request to request, or were seen once only');
  return { verdict: 'differs', because: differenceOf(first.answer, absent.answer), exchanges };
}
