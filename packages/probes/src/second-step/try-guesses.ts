import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { StepTried, StepTrial } from './second-step.ts';
import { stepReproduction } from './step-reproduction.ts';

const rounds = 6;
/** Few for each login, since applications may drop a half login after some wrong codes, which stops nobody. */
const perRound = 4;
const enough = 15;
/** A code is taken for the half minute to which it belongs, and mostly for the next. */
const mostSeconds = 30;

/**
 * Gives wrong codes of a throw-away account in a row, beginning the login anew now and then, and then the right one (ASVS 6.6.3).
 * That it is still taken shows that guessing is not stopped; a refusal, or 429, is a stop.
 */
export async function tryGuesses(context: ProbeContext, actor: ActorId): Promise<StepTried> {
  const { sessions, clock, random } = context;
  const exchanges: ExchangeId[] = [];
  const say = (verdict: StepTrial['verdict'], because: string): StepTrial => ({
    case: 'endless-guesses',
    actor,
    verdict,
    because,
    exchanges: exchanges.slice(-20),
    reproduce:
      verdict === 'accepted'
        ? stepReproduction(context, actor, `give ${looked} wrong codes, and then the right one`)
        : null,
  });
  let looked = 0;
  const guesses = numbers(random.token(24));
  const opened = await sessions.halfLogin(actor);
  if (opened.kind !== 'half') return say('inconclusive', opened.because);
  // Taken before the series: waiting for it afterwards would give a stop the time to end.
  const right = await opened.code();
  const start = clock.monotonic();
  for (let round = 0; round < rounds; round += 1) {
    const half = await sessions.halfLogin(actor);
    if (half.kind === 'none') return say('inconclusive', half.because);
    exchanges.push(...half.exchanges);
    if (half.kind === 'refused')
      return looked === 0
        ? say('inconclusive', `the password was not taken: ${half.because}`)
        : say('refused', `after ${looked} wrong codes even the password was refused: ${half.because}`);
    for (let guess = 0; guess < perRound; guess += 1) {
      const given = await half.give(guesses());
      exchanges.push(...given.exchanges);
      if (given.kind === 'unsure') return say('inconclusive', given.because);
      if (given.kind === 'in') return say('inconclusive', 'a guess was the right code');
      if (given.status === 429 && guess === 0)
        return say('refused', `after ${looked} wrong codes every further one was answered with 429`);
      if (given.status === 429) break;
      looked += 1;
    }
  }
  const seconds = Math.max(1, Math.round((clock.monotonic() - start) / 1000));
  const last = await sessions.halfLogin(actor);
  if (last.kind === 'none') return say('inconclusive', last.because);
  if (last.kind === 'refused')
    return say('refused', `after ${looked} wrong codes even the password was refused: ${last.because}`);
  const given = await last.give(right);
  exchanges.push(...last.exchanges, ...given.exchanges);
  if (given.kind === 'unsure') return say('inconclusive', given.because);
  if (given.kind === 'refused')
    return seconds > mostSeconds
      ? say('inconclusive', `the series took ${seconds} s, and the right code had run out after it`)
      : say('refused', `after ${looked} wrong codes the right one was refused as well`);
  return looked < enough
    ? say('inconclusive', `only ${looked} wrong codes were looked at`)
    : say(
        'accepted',
        `${looked} wrong codes of ${actor} were taken in ${seconds} s, and the right one after them: nothing stops guessing`,
      );
}

/** Codes of six digits, one after the other; in a run of so few, a right one among them is unlikely. */
function numbers(seed: string): () => string {
  let now = [...seed].reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) % 1_000_000, 17);
  return () => {
    now = (now + 104_729) % 1_000_000;
    return String(now).padStart(6, '0');
  };
}
