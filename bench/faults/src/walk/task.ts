import * as z from 'zod';

/**
 * One review of a walk. The three steps of a walk do not wait for each other, so that reviews, which mostly wait for limits
 * to open again, can run side by side in any process; what they saw is put together at the end.
 */
export const task = z.strictObject({
  step: z.enum(['off', 'on', 'off again']),
  /** The world, or null for the platform. */
  world: z.string().nullable(),
  /** `on` has a single one; the other steps serve all faults of their world. */
  faults: z.array(z.string()),
});
export type Task = z.infer<typeof task>;

const sawAtTrap = z.object({ id: z.string(), saw: z.array(z.string()) });

/** What one review saw. */
export const taskResult = z.strictObject({
  faults: z.array(
    z.object({
      id: z.string(),
      /** Why the fault does not count as found. */
      problems: z.array(z.string()),
      /** Why the check does not prove the good state; null when it does, or when this was not the step to see it. */
      weakness: z.string().nullable(),
    }),
  ),
  /** Findings where nothing is wrong, by trap or world; empty but for the step `off`. */
  alarms: z.array(sawAtTrap),
  notMet: z.array(z.object({ id: z.string(), because: z.string() })),
  /** It broke off because its server did not keep up: what it saw is no verdict. */
  interrupted: z.boolean(),
  seconds: z.number(),
});
export type TaskResult = z.infer<typeof taskResult>;
