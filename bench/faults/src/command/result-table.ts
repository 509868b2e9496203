import type { WalkedFault, WalkedWorld } from '../walk/walked.ts';
import type { BenchResult } from './bench-result.ts';

/** The result for people: a line per fault and per world of traps, then the counts. */
export function resultTable(
  result: BenchResult,
  faults: readonly WalkedFault[],
  worlds: readonly WalkedWorld[],
): string {
  const rows = [
    ...faults.map(({ fault, found, seconds }) => [
      found ? 'found' : 'MISSED',
      fault.family,
      fault.id,
      fault.expects.check,
      `${seconds.toFixed(0)} s`,
    ]),
    ...worlds.map(({ id, traps, alarms, notMet, seconds }) => [
      alarms.length > 0 ? 'ALARM' : notMet.length > 0 ? 'NOT MET' : 'silent',
      'traps',
      id,
      `${traps - notMet.length} of ${traps} met`,
      `${seconds.toFixed(0)} s`,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(0, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const details = [...result.missed, ...result.falseAlarms].flatMap(({ id, saw }) => [
    '',
    id,
    ...saw.map((line) => `  ${line}`),
  ]);
  return [
    ...lines,
    ...details,
    '',
    `${result.found} of ${result.faults} faults found, ${result.missed.length} missed, ${result.traps} traps, ` +
      `${result.falseAlarms.length} false alarms, ${result.seconds} s`,
    '',
  ].join('\n');
}
