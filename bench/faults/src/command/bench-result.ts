import * as z from 'zod';

const problem = z.object({
  id: z.string().describe('fault or trap'),
  saw: z.array(z.string()).describe('what was seen instead, one line each'),
});

/** What `npm run faults -- --json` prints. */
export const benchResult = z.strictObject({
  faults: z.int().nonnegative().describe('faults that were walked'),
  found: z.int().nonnegative(),
  missed: z
    .array(problem)
    .describe('faults that were not found exactly as expected, and traps that the review did not meet'),
  traps: z.int().nonnegative().describe('traps that were laid'),
  falseAlarms: z.array(problem).describe('findings where nothing is wrong'),
  seconds: z.number().nonnegative(),
});
export type BenchResult = z.infer<typeof benchResult>;
