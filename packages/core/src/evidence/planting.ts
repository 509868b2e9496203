import * as z from 'zod';
import { actorId, exchangeId } from '../model/ids.ts';

/** Objects created or found for the run, each with its canaries, and what could not be planted. */
export const planting = z
  .object({
    objects: z
      .array(
        z
          .object({
            ref: z.string().describe('ledger entry'),
            type: z.string().describe('kind of object, from the operation that made it'),
            owner: actorId,
            tenant: z.string(),
            twin: z.enum(['victim', 'control', 'throwaway']),
            origin: z
              .enum(['planted', 'harvested'])
              .optional()
              .describe('harvested: it was there before the run, and was only read; absent: planted'),
            canaries: z.int().nonnegative(),
            ownerReads: z
              .boolean()
              .describe('the owner reads its canary back, or that of its twin in the same way'),
            exchanges: z.array(exchangeId).readonly(),
          })
          .readonly(),
      )
      .readonly(),
    notPlantable: z
      .array(
        z
          .object({
            operation: z.string(),
            actor: actorId,
            because: z.string(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
