import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

const protectedFieldKinds = ['right', 'tenant', 'owner', 'money', 'state', 'time', 'read-only'] as const;

/** Fields that callers should not set, put into permitted writes; and secrets that answers hold. */
export const massAssignment = z
  .object({
    trials: z
      .array(
        z
          .object({
            operation: z.string(),
            actor: actorId,
            field: z.string().describe('name of the field, or `-` when the operation was not tried'),
            kind: z.enum(protectedFieldKinds).describe('what the field decides, by its name and value'),
            verdict: z
              .enum(['taken', 'asked', 'ignored', 'refused', 'inconclusive'])
              .describe(
                'taken: values of ours were read back later, on two objects; asked: they were, and nothing shows that callers should not set them; refused: the write was',
              ),
            unseen: z
              .literal(true)
              .optional()
              .describe(
                'accepted, and no view shows a field of this name, so that nobody saw what became of it',
              ),
            effect: z
              .string()
              .nullable()
              .describe('what the field opened beyond being stored; null when nothing was seen'),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    exposures: z
      .array(
        z
          .object({
            operation: z.string(),
            actor: actorId,
            field: z.string(),
            kind: z.enum(['password-hash', 'credential']),
            own: z.boolean().describe('it belongs to the account that asked'),
            verdict: z.enum(['exposed', 'inconclusive']),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    answersRead: z.int().nonnegative().describe('answers that were searched for secrets'),
    notTested: z.array(z.object({ what: z.string(), because: z.string() }).readonly()).readonly(),
  })
  .readonly();
