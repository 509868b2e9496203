import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

/** What must end the access of a credential that was given out before. */
export const sessionEvents = [
  'logout',
  'logout-everywhere',
  'password-change',
  'disable',
  'downgrade',
  'removal',
] as const;

/** Credentials used again after the event that should have ended them. */
export const sessionReplay = z
  .object({
    trials: z
      .array(
        z
          .object({
            event: z.enum(sessionEvents),
            actor: actorId,
            credential: z.enum(['cookie', 'bearer', 'refresh']),
            verdict: z.enum(['ended', 'alive', 'inconclusive']),
            aliveAfterMs: z
              .number()
              .nullable()
              .describe('age of the event when the old credential was last seen to work'),
            residualSeconds: z
              .number()
              .nullable()
              .optional()
              .describe(
                'how long a self-contained token says that it still lives at the event; null when it does not say',
              ),
            operation: z
              .string()
              .optional()
              .describe('operation that made the event, when an administrator did'),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    notTested: z
      .array(
        z
          .object({
            event: z.enum(sessionEvents),
            because: z.string(),
            absent: z
              .boolean()
              .optional()
              .describe(
                'no operation for this event is known, so that the application may not have it at all',
              ),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
