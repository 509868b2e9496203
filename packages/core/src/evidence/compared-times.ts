import * as z from 'zod';
import { provableTrialFields } from './trial.ts';

/** Whether the time that an answer takes tells strangers who has an account. */
export const comparedTimes = z
  .object({
    operation: z.string(),
    verdict: z.enum(['alike', 'differs', 'inconclusive']),
    ...provableTrialFields,
  })
  .readonly();
