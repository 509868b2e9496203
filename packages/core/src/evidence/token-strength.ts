import * as z from 'zod';

/** What several mailed tokens of one kind look like side by side. The tokens themselves are not kept. */
export const tokenStrength = z
  .object({
    count: z.int().nonnegative(),
    shape: z.enum(['random', 'signed', 'typed-code']),
    bits: z.number().nonnegative().describe('most that can be random in the positions that differ'),
    repeats: z.boolean().describe('two tokens were the same'),
    consecutive: z.boolean().describe('each was the one before plus a small number'),
    holdsTime: z.boolean().describe('each holds the time at which it was made'),
    looks: z.string().describe('length and alphabet in words'),
  })
  .readonly();
