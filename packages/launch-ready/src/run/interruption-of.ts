import { BudgetSpent, Stopped, TargetLost, TargetStrained } from '@launch-ready/probes';
import type { Interruption } from './gather.ts';

/** Why the run cannot go on, or null when only one probe failed. */
export function interruptionOf(error: unknown): Interruption | null {
  if (error instanceof Stopped) return { kind: 'stopped', because: error.message };
  if (error instanceof TargetStrained) return { kind: 'target-strained', because: error.message };
  if (error instanceof TargetLost) return { kind: 'target-lost', because: error.message };
  if (error instanceof BudgetSpent) return { kind: 'budget-spent', because: error.message };
  return null;
}
