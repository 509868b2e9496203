import type { WalkedFault, WalkedWorld } from '../walk/walked.ts';
import type { BenchResult } from './bench-result.ts';

/** Counts what was walked. A trap that was not met counts as missed: its silence proves nothing. */
export function summarise(
  faults: readonly WalkedFault[],
  worlds: readonly WalkedWorld[],
  pristineAlarms: readonly string[],
  seconds: number,
): BenchResult {
  return {
    faults: faults.length,
    found: faults.filter(({ found }) => found).length,
    missed: [
      ...faults
        .filter(({ found }) => !found)
        .map(({ fault, problems }) => ({ id: fault.id, saw: [...problems] })),
      ...worlds.flatMap(({ notMet }) =>
        notMet.map(({ id, because }) => ({ id, saw: [`not met: ${because}`] })),
      ),
    ],
    traps: worlds.reduce((sum, { traps }) => sum + traps, 0),
    falseAlarms: [
      ...(pristineAlarms.length === 0 ? [] : [{ id: 'platform as it is', saw: [...pristineAlarms] }]),
      ...worlds.flatMap(({ alarms }) => alarms.map(({ id, saw }) => ({ id, saw: [...saw] }))),
    ],
    seconds: Math.round(seconds * 10) / 10,
  };
}

/** 1 when something was missed or alarmed, 0 otherwise. */
export const exitCodeOf = ({ missed, falseAlarms }: BenchResult): number =>
  missed.length === 0 && falseAlarms.length === 0 ? 0 : 1;
