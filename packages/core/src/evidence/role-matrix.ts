import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { permissionRelation, permissionState, permissionsLock } from '../model/permissions.ts';
import { provableTrialFields, reproducibleTrialFields } from './trial.ts';

/** Who was seen to be allowed what, beside what was declared and what somebody signed. */
export const roleMatrix = z
  .object({
    declaredBy: z
      .string()
      .nullable()
      .describe('file or document with the declared matrix; null when there is none'),
    signed: permissionsLock.nullable().default(null).describe('permissions.lock; null when there is none'),
    cells: z
      .array(
        z
          .object({
            operation: z.string(),
            role: z.string(),
            actor: actorId,
            relation: permissionRelation.default('tenant'),
            observed: permissionState,
            declared: z.enum(['allowed', 'denied', 'unstated']),
            inferred: z
              .boolean()
              .default(false)
              .describe('not called as this role: a weaker role is allowed, or so is each side of it'),
            doubt: z.string().nullable().default(null).describe('why a person should look at this cell'),
            ...reproducibleTrialFields,
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
