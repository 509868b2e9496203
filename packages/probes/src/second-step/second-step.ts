import { secondStepCases, type EvidenceMap } from '@launch-ready/core';
import { defineProbe, type ProbeContext } from '../probe.ts';
import type { TargetActor } from '../target/target.ts';
import { tryBeforeCode } from './try-before-code.ts';
import { tryCodes } from './try-codes.ts';
import { tryGuesses } from './try-guesses.ts';

type SecondStep = EvidenceMap['secondStep'];
export type StepTrial = SecondStep['trials'][number];
type StepGap = SecondStep['notTested'][number];
/** What trying one way around a second step gave. */
export type StepTried = StepTrial | StepGap;

const stepWords = /(^|[/_-])(otp|mfa|2fa|totp|two-?_?factor|second-?_?factor|authenticator)([/_-]|$)/i;

/**
 * Walks around the second step of a login: past it, without a code, with a code for the second time, with that of another
 * account, and by guessing. Guesses go to a throw-away account alone, since they may lock it.
 */
export const secondStep = defineProbe({
  id: 'second-step/second-step',
  title: 'The second step of a login, skipped, repeated and guessed',
  provides: 'secondStep',
  needs: ['logins', 'operations', 'planting'],
  leastMode: 'standard',
  estimate: ({ target }) => (withCodes({ target }).length === 0 ? 0 : 70),
  async run(context) {
    const { sessions } = context;
    const people = withCodes(context);
    const sacrificed = new Set(Object.values(context.target.throwaways).map(({ id }) => id));
    const [main] = people;
    const nothing = (offered: boolean, because: string) =>
      ({
        status: 'gathered',
        data: {
          offered,
          because,
          trials: [],
          notTested: offered ? secondStepCases.map((one) => ({ case: one, because })) : [],
        },
      }) as const;
    if (main === undefined) {
      const named = context.operations.find(({ path }) => stepWords.test(path))?.id;
      return named === undefined
        ? nothing(false, 'no account of the target file has a second step, and no operation sounds like one')
        : nothing(
            true,
            `${named} sounds like a second step, and the target file gives no secret of codes: totp: env(...)`,
          );
    }
    const login = await sessions.login(main);
    if (login.kind === 'refused') return nothing(true, `${main} could not log in: ${login.because}`);
    const half = await sessions.halfLogin(main);
    if (half.kind !== 'half') return nothing(true, half.because);
    const isSacrificed = sacrificed.has(main);
    const other = people.find((id) => id !== main) ?? null;
    const tried: readonly StepTried[] = [
      await tryBeforeCode(context, half, login.credential),
      ...(await tryCodes(context, { actor: main, other, isSacrificed })),
      isSacrificed
        ? await tryGuesses(context, main)
        : {
            case: 'endless-guesses',
            because: 'no throw-away account with a secret of codes is named, and guesses may lock an account',
          },
    ];
    return {
      status: 'gathered',
      data: {
        offered: true,
        because: `the login of ${main} asks for a code`,
        trials: tried.filter((one) => 'verdict' in one),
        notTested: tried.filter((one) => !('verdict' in one)),
      },
    };
  },
});

/** Accounts whose codes can be made, throw-away ones first. */
function withCodes({ target }: Pick<ProbeContext, 'target'>): readonly string[] {
  const has = ({ login }: TargetActor): boolean => login.kind === 'password' && login.totp !== undefined;
  return [...Object.values(target.throwaways), ...target.actors.toReversed()].filter(has).map(({ id }) => id);
}
