import type { PlanStep } from '@launch-ready/core';

/** Steps of the plan that share their hours. */
export interface PlanWindow {
  readonly fromHour: number;
  readonly toHour: number;
  readonly steps: readonly PlanStep[];
}

/** The plan grouped into windows of hours, in the order in which they start. */
export function planWindows(plan: readonly PlanStep[]): readonly PlanWindow[] {
  const windows = Map.groupBy(plan, (step) => `${step.fromHour}-${step.toHour}`);
  return [...windows.values()]
    .flatMap((steps) => {
      const [first] = steps;
      return first === undefined ? [] : [{ fromHour: first.fromHour, toHour: first.toHour, steps }];
    })
    .sort((a, b) => a.fromHour - b.fromHour || a.toHour - b.toHour);
}
