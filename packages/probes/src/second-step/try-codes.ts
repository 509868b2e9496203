import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { CodeGiven, HalfLogin } from '../session/half-login.ts';
import type { StepTried, StepTrial } from './second-step.ts';
import { stepReproduction } from './step-reproduction.ts';

const acts: Readonly<Record<'without-code' | 'code-twice' | 'foreign-code', string>> = {
  'without-code': 'no code, an empty one or a made-up one',
  'code-twice': 'a code that had signed the account in before (RFC 6238 section 5.2)',
  'foreign-code': 'the code of another account',
};

const cases = ['without-code', 'code-twice', 'foreign-code'] as const;

/**
 * Brings codes that must be refused to the second step of an account. A right code is taken before and after, so that a
 * refusal is about the code; what was let in counts when it is let in twice.
 */
export async function tryCodes(
  context: ProbeContext,
  about: {
    readonly actor: ActorId;
    /** Another account whose codes are known. */
    readonly other: ActorId | null;
    readonly isSacrificed: boolean;
  },
): Promise<readonly StepTried[]> {
  const { sessions, random } = context;
  const { actor, other } = about;
  const exchanges: ExchangeId[] = [];
  const open = async (): Promise<HalfLogin | string> => {
    const half = await sessions.halfLogin(actor);
    if (half.kind === 'half') exchanges.push(...half.exchanges);
    return half.kind === 'half' ? half : half.because;
  };
  const give = async (code: string | null): Promise<CodeGiven | string> => {
    const half = await open();
    if (typeof half === 'string') return half;
    const given = await half.give(code);
    exchanges.push(...given.exchanges);
    return given;
  };
  const isIn = (given: CodeGiven | string): boolean => typeof given !== 'string' && given.kind === 'in';
  const wasRefused = (given: CodeGiven | string): boolean =>
    typeof given !== 'string' && given.kind === 'refused' && given.status !== 429;
  const why = (given: CodeGiven | string): string =>
    typeof given === 'string' ? given : given.kind === 'in' ? 'it was let in' : given.because;
  /** The code of this moment. */
  const right = async (): Promise<{ readonly code: string; readonly given: CodeGiven | string }> => {
    const half = await open();
    if (typeof half === 'string') return { code: '', given: half };
    const code = await half.code();
    const given = await half.give(code);
    exchanges.push(...given.exchanges);
    return { code, given };
  };
  const say = (one: keyof typeof acts, verdict: StepTrial['verdict'], because: string): StepTrial => ({
    case: one,
    actor,
    verdict,
    because,
    exchanges: exchanges.splice(0),
    reproduce: verdict === 'accepted' ? stepReproduction(context, actor, `bring ${acts[one]}`) : null,
  });

  const begun = await open();
  if (typeof begun === 'string') return cases.map((one) => say(one, 'inconclusive', begun));
  // Nothing of this half minute was taken from the account, so that a refusal is not about a used one.
  await begun.settle();
  const foreign = async (): Promise<CodeGiven | string> => {
    const theirs = other === null ? 'there is no other account' : await sessions.halfLogin(other);
    if (typeof theirs === 'string') return theirs;
    return theirs.kind === 'half' ? give(await theirs.code()) : theirs.because;
  };
  const ofOther = other === null ? null : await foreign();
  const isForeignTaken = ofOther !== null && isIn(ofOther) && isIn(await foreign());
  const aboutOther = exchanges.splice(0);

  const madeUp = 100_000 + (Number(random.token(12).replace(/\D/g, '')) % 800_000);
  const values = [null, '', ...(about.isSacrificed ? [String(madeUp)] : [])];
  const without: (CodeGiven | string)[] = [];
  let entered: string | null | undefined;
  for (const value of values) {
    const given = await give(value);
    without.push(given);
    // A made-up code may be the right one, once in a million times; not twice.
    const next = value === null || value === '' ? value : String(madeUp + 7);
    if (!isIn(given) || !isIn(await give(next))) continue;
    entered = value;
    break;
  }
  const aboutNone = exchanges.splice(0);

  const first = await right();
  const aboutRight = exchanges.splice(0);
  const judged = (
    one: keyof typeof acts,
    seen: readonly (CodeGiven | string)[],
    accepted: string | null,
  ): StepTrial => {
    if (accepted !== null) return say(one, 'accepted', `${accepted} signed ${actor} in, twice`);
    const odd = seen.find((given) => !wasRefused(given));
    if (odd !== undefined)
      return say(one, 'inconclusive', `${acts[one]} gave no answer that decides: ${why(odd)}`);
    return isIn(first.given)
      ? say(one, 'refused', `${acts[one]} was refused, and the right one taken`)
      : say(one, 'inconclusive', `the right code of ${actor} was refused as well: ${why(first.given)}`);
  };
  const twice = isIn(first.given) ? await give(first.code) : first.given;
  const second = isIn(first.given) && isIn(twice) ? await right() : null;
  const again = second !== null && isIn(second.given) ? await give(second.code) : null;
  const isTakenTwice = again !== null && isIn(again);
  const result: StepTried[] = [judged('code-twice', [twice], isTakenTwice ? acts['code-twice'] : null)];
  exchanges.push(...aboutNone, ...aboutRight);
  const named = entered === null ? 'no code at all' : entered === '' ? 'an empty code' : 'any made-up code';
  result.push(judged('without-code', without, entered === undefined ? null : named));
  exchanges.push(...aboutOther, ...aboutRight);
  result.push(
    ofOther === null
      ? {
          case: 'foreign-code',
          because: 'the target file gives the secret of codes of one account only',
        }
      : judged('foreign-code', [ofOther], isForeignTaken ? acts['foreign-code'] : null),
  );
  return result;
}
