import * as z from 'zod';
import { reproducibleTrialFields } from './trial.ts';

/** Bursts on sensitive routes, with throw-away identities only. */
export const rateLimits = z
  .object({
    routes: z
      .array(
        z
          .object({
            route: z.enum(['login']),
            operation: z.string(),
            series: z.enum(['one-account', 'many-accounts']).describe('from one address in both'),
            attempts: z.int().nonnegative(),
            seconds: z.number().nonnegative(),
            limitedAfter: z
              .int()
              .nonnegative()
              .nullable()
              .describe('attempts that were let through; null: never limited'),
            limitedBy: z.enum(['429', 'other-status', 'lockout']).nullable(),
            retryAfterSeconds: z.number().nonnegative().nullable(),
            recovers: z
              .enum(['yes', 'no', 'not-waited'])
              .describe('the right password works after the announced wait'),
            othersServed: z
              .enum(['yes', 'no', 'not-tried'])
              .describe('a signed-in actor is still served while the series is limited'),
            verdict: z.enum(['limited', 'unlimited', 'inconclusive']),
            ...reproducibleTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    evasions: z
      .array(
        z
          .object({
            operation: z.string(),
            series: z.enum(['one-account', 'many-accounts']).describe('the limit that was to be evaded'),
            kind: z.enum(['client-address', 'account-spelling', 'path-spelling']),
            variant: z.string().describe('header, or how the name or the path was written'),
            verdict: z
              .enum(['evaded', 'held', 'inconclusive'])
              .describe('evaded: limited, let through with the variant, and without it limited still'),
            ...reproducibleTrialFields,
          })
          .readonly(),
      )
      .readonly()
      .optional()
      .describe('ways around a limit that was reached; absent when none was reached'),
  })
  .readonly();
