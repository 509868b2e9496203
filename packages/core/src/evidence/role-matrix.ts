import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields, trialFields } from './trial.ts';

/** Who was seen to be allowed what inside one's own tenant, beside what was declared. */
export const roleMatrix = z
  .object({
    declaredBy: z
      .string()
      .nullable()
      .describe('file or document with the declared matrix; null when there is none'),
    cells: z
      .array(
        z
          .object({
            operation: z.string(),
            role: z.string(),
            actor: actorId,
            observed: z.enum(['allowed', 'denied', 'untested']),
            declared: z.enum(['allowed', 'denied', 'unstated']),
            ...trialFields,
          })
          .readonly(),
      )
      .readonly(),
    promotions: z
      .array(
        z
          .object({
            operation: z.string(),
            actor: actorId,
            verdict: z
              .enum(['escalated', 'refused', 'inconclusive'])
              .describe('escalated: an operation that was denied to the actor before now works'),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly()
      .describe('attempts of an actor to raise its own rights'),
  })
  .readonly();
