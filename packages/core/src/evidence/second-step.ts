import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

/** Ways around the second step of a login. */
export const secondStepCases = [
  'before-code',
  'without-code',
  'code-twice',
  'foreign-code',
  'endless-guesses',
] as const;

/** The second step of a login, skipped, repeated and guessed. */
export const secondStep = z
  .object({
    offered: z.boolean().describe('some login asks for a code, or the application names a second step'),
    because: z.string().describe('whose second step was tried, or why none was'),
    trials: z
      .array(
        z
          .object({
            case: z.enum(secondStepCases),
            actor: actorId,
            verdict: z.enum(['refused', 'accepted', 'inconclusive']),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    notTested: z
      .array(z.object({ case: z.enum(secondStepCases), because: z.string() }).readonly())
      .readonly(),
  })
  .readonly();
