import * as z from 'zod';
import { trialFields } from './trial.ts';

/** Unused tokens of earlier reviews, used after the time at which each had to be dead. */
export const tokenVault = z
  .object({
    enabled: z.boolean(),
    because: z.string().describe('what was kept, or why nothing is'),
    stated: z
      .boolean()
      .optional()
      .describe('some token of a login says when it ends; absent when no login was looked at'),
    kept: z.number().describe('tokens that this review put away'),
    trials: z
      .array(
        z
          .object({
            purpose: z.string().describe('access, refresh, invite or reset'),
            keptAt: z.string(),
            dueAt: z.string().describe('time from which it must be dead'),
            verdict: z.enum(['dead', 'alive', 'pending', 'inconclusive']),
            ...trialFields,
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
