import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

/** Tokens that were made or changed without the key, and whether they opened what only their owner gets. */
export const tokenForgery = z
  .object({
    selfContained: z.boolean().describe('some login gives out a signed token that can be read (RFC 7519)'),
    because: z.string().describe('which token was tried, or why none was'),
    trials: z
      .array(
        z
          .object({
            variant: z.string().describe('kind of forgery'),
            actor: actorId,
            verdict: z.enum(['refused', 'accepted', 'inconclusive']),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    notTried: z.array(z.object({ variant: z.string(), because: z.string() }).readonly()).readonly(),
  })
  .readonly();
