import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

export const sessionEvents = ['logout', 'password-change'] as const;

/** Credentials used again after the event that should have ended them. */
export const sessionReplay = z
  .object({
    trials: z
      .array(
        z
          .object({
            event: z.enum(sessionEvents),
            actor: actorId,
            credential: z.enum(['cookie', 'bearer']),
            verdict: z.enum(['ended', 'alive', 'inconclusive']),
            aliveAfterMs: z
              .number()
              .nullable()
              .describe('age of the event when the old credential was last seen to work'),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    notTested: z.array(z.object({ event: z.enum(sessionEvents), because: z.string() }).readonly()).readonly(),
  })
  .readonly();
