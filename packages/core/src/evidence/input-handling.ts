import * as z from 'zod';
import { reproduction } from '../model/finding.ts';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

export const inputMutations = [
  'broken-json',
  'wrong-type',
  'missing-field',
  'null-field',
  'out-of-range',
  'unlisted-value',
  'wrong-format',
  'over-long',
  'deep-nesting',
  'nul-byte',
  'wrong-content-type',
  'prototype-keys',
  'huge-list',
  'oversized-body',
] as const;

/** Bad input sent to every write, and what became of it. */
export const inputHandling = z
  .object({
    trials: z
      .array(
        z
          .object({
            operation: z.string(),
            actor: actorId,
            mutation: z.enum(inputMutations),
            field: z.string().nullable(),
            status: z.int().nullable(),
            verdict: z
              .enum(['rejected', 'harmless', 'crashed', 'persisted', 'inconclusive'])
              .describe(
                'harmless: accepted but the bad value was not kept; crashed: 5xx or a dropped connection; persisted: read back',
              ),
            discloses: z
              .string()
              .nullable()
              .describe('kind of internals the answer shows: a stack trace, an SQL error'),
            ...provableTrialFields,
            reproduceDisclosure: reproduction
              .nullable()
              .optional()
              .describe('shows the internals again, where `reproduce` shows the verdict'),
          })
          .readonly(),
      )
      .readonly(),
    notTested: z
      .array(z.object({ operation: z.string(), because: z.string() }).readonly())
      .readonly()
      .optional()
      .describe('writes that no good request could be made for'),
  })
  .readonly();
