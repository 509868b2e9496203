import * as z from 'zod';
import { actorId, exchangeId } from '../model/ids.ts';

/** Whether each actor is who the target file says, before, during and after the run. */
export const logins = z
  .object({
    actors: z
      .array(
        z
          .object({
            actor: actorId,
            tenant: z.string(),
            role: z.string(),
            proven: z.boolean().describe('an answer differs with and without its credential'),
            because: z.string(),
            exchanges: z.array(exchangeId).readonly(),
            heartbeats: z
              .array(
                z
                  .object({
                    after: z.string().describe('probe that had just run'),
                    alive: z.boolean(),
                    exchange: exchangeId.nullable(),
                  })
                  .readonly(),
              )
              .readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
