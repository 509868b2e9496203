import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { reproducibleTrialFields } from './trial.ts';

/** What routes that send mails let through when they are asked for the same address again and again. */
export const mailLimits = z
  .object({
    routes: z
      .array(
        z
          .object({
            route: z.enum(['reset', 'invite']),
            operation: z.string(),
            actor: actorId,
            attempts: z.int().nonnegative(),
            seconds: z.number().nonnegative(),
            arrived: z.int().nonnegative().describe('mails of the series that came to that one address'),
            limitedBy: z
              .enum(['429', 'other-status', 'silently'])
              .nullable()
              .describe('silently: every request was answered alike, and most of the mails never came'),
            retryAfterSeconds: z.number().nonnegative().nullable(),
            verdict: z.enum(['limited', 'unlimited', 'inconclusive']),
            ...reproducibleTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    notTried: z.array(z.object({ route: z.string(), because: z.string() }).readonly()).readonly(),
  })
  .readonly();
