import type { ExchangeId } from '@launch-ready/core';
import type { Random } from '../clock.ts';
import { firstLook, lookClosely, middleOf, type Times } from './times.ts';

/** One answer and how long it took, in milliseconds. */
export interface TimedAnswer {
  readonly ms: number;
  readonly exchange: ExchangeId;
}

/** How times are gathered: `turn` counts the questions of one side, so that both sides can take turns with names alike. */
export interface TimedQuestion {
  /** A text says why there is no time; the comparison ends there. */
  readonly ask: (whose: 'known' | 'absent', turn: number) => Promise<TimedAnswer | string>;
  /** Says why the last questions cannot have been the usual work, or null; only asked where no difference was seen. */
  readonly doubt: () => Promise<string | null>;
  /** Whether each question is so dear that times that vary are not worth many more of them. */
  readonly isDear: boolean;
  /** Lets a busy machine come to rest. */
  readonly pause: () => Promise<void>;
}

export interface ComparedTimes {
  readonly verdict: 'alike' | 'differs' | 'inconclusive';
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/** Pairs of a first look, and how many more where times vary. */
const looks = [2, 3, 4] as const;
const pairsOfRun = 8;
/** How long to wait before times that varied are measured once more. */
export const pauseMs = 3000;

/**
 * Compares how long strangers wait for answers about accounts that exist and about others. Answers that were received anyway make
 * the first look. Only where that is suspicious are two runs of eight pairs each asked for, one question of each side after the other, and
 * only both together make a difference: one slow moment of a machine never does.
 */
export async function compareTimes(
  seen: { readonly known: readonly TimedAnswer[]; readonly absent: readonly TimedAnswer[] },
  question: TimedQuestion,
  random: Random,
): Promise<ComparedTimes> {
  const exchanges: ExchangeId[] = [...seen.known, ...seen.absent].map((one) => one.exchange);
  const turns = { known: seen.known.length, absent: seen.absent.length };
  const say = (verdict: ComparedTimes['verdict'], because: string): ComparedTimes => ({
    verdict,
    because,
    exchanges,
  });
  const one = async (whose: 'known' | 'absent'): Promise<number | string> => {
    const found = await question.ask(whose, (turns[whose] += 1) - 1);
    if (typeof found === 'string') return found;
    exchanges.push(found.exchange);
    return found.ms;
  };
  /** Adds to both sides until each has so many; which side begins changes from pair to pair. */
  const fill = async (times: { known: number[]; absent: number[] }, to: number): Promise<string | null> => {
    for (let at = 0; at < to; at += 1)
      for (const side of at % 2 === 0 ? (['absent', 'known'] as const) : (['known', 'absent'] as const)) {
        if (times[side].length > at) continue;
        const ms = await one(side);
        if (typeof ms === 'string') return ms;
        times[side].push(ms);
      }
    return null;
  };

  const first = { known: seen.known.map(({ ms }) => ms), absent: seen.absent.map(({ ms }) => ms) };
  let look: ReturnType<typeof firstLook> = 'varies';
  for (const pairs of looks) {
    const gap = await fill(first, pairs);
    if (gap !== null) return say('inconclusive', gap);
    look = firstLook(first);
    if (look !== 'varies') break;
  }
  if (look === 'alike') return say('alike', `${spoken(first)}, which is no difference that shows`);

  if (look === 'varies' && question.isDear)
    return say('inconclusive', `times varied too much in ${first.known.length} pairs: ${spoken(first)}`);
  const slower = middleOf(first.known) > middleOf(first.absent) ? 'known' : 'absent';
  const run = async (): Promise<string | (Times & { readonly look: ReturnType<typeof lookClosely> })> => {
    const times = { known: [], absent: [] };
    const gap = await fill(times, pairsOfRun);
    return gap ?? { ...times, look: lookClosely(times, slower, random) };
  };
  const unmeasured = (gap: string): ComparedTimes =>
    say('inconclusive', `${spoken(first)} at a first look; more could not be measured: ${gap}`);
  let early = await run();
  // A machine that was busy may be less so a moment later.
  if (typeof early !== 'string' && early.look === 'unclear') {
    await question.pause();
    early = await run();
  }
  if (typeof early === 'string') return unmeasured(early);
  if (early.look === 'alike') {
    const doubt = await question.doubt();
    return doubt === null
      ? say('alike', `${spoken(early)} in ${pairsOfRun} pairs, though a first look could not say`)
      : say('inconclusive', `${spoken(first)} at a first look; ${doubt}`);
  }
  if (early.look === 'unclear')
    return say(
      'inconclusive',
      `times varied too much between answers that should take equally long: ${spoken(early)}`,
    );
  const late = await run();
  if (typeof late === 'string') return unmeasured(late);
  return late.look === 'apart'
    ? say('differs', `in two runs of ${pairsOfRun} pairs each: ${spoken(early)}; then ${spoken(late)}`)
    : say(
        'inconclusive',
        `${spoken(early)} in ${pairsOfRun} pairs, and the same did not show in as many more`,
      );
}

const spoken = ({ known, absent }: Times): string =>
  `accounts that exist took ${Math.round(middleOf(known))} ms, others ${Math.round(middleOf(absent))} ms`;
