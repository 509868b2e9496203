import * as z from 'zod';
import { comparedTimes } from './compared-times.ts';
import { provableTrialFields } from './trial.ts';

/** The way in itself: shortcuts at the login, and what answers tell strangers of who has an account. */
export const loginDoor = z
  .object({
    shortcuts: z
      .array(
        z
          .object({
            shortcut: z.string().describe('what was sent in place of name and password, in words'),
            kind: z.enum(['injection', 'wrong-type', 'empty', 'default-password']),
            operation: z.string(),
            verdict: z.enum(['refused', 'let-in', 'inconclusive']),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    oracles: z
      .array(
        z
          .object({
            operation: z.string(),
            verdict: z.enum(['alike', 'differs', 'inconclusive']),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    times: z
      .array(comparedTimes)
      .readonly()
      .default([])
      .describe('how long strangers wait for accounts that exist, and for others'),
    notTested: z
      .array(
        z
          .object({
            part: z.enum(['shortcuts', 'oracles']),
            because: z.string(),
            absent: z.boolean().optional(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
