import * as z from 'zod';

/** A person's signed answer to what no probe can see. */
export const attestation = z
  .object({
    question: z.string().describe('id of a question of the profile'),
    answer: z.enum(['yes', 'no']),
    by: z.string().min(2),
    on: z.iso.date(),
    note: z.string().optional(),
  })
  .readonly();
export type Attestation = z.infer<typeof attestation>;
