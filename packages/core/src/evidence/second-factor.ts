import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

/** What the password alone opens for those who administer. */
export const secondFactor = z
  .object({
    trials: z
      .array(
        z
          .object({
            actor: actorId,
            role: z.string(),
            verdict: z.enum(['password-alone', 'second-step', 'inconclusive']),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    because: z.string().describe('who was taken for an administrator, or why nobody was'),
  })
  .readonly();
