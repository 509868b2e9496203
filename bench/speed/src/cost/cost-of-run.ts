import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const exchange = z.object({ probe: z.string() });
const facts = z.object({ run: z.object({ requests: z.int(), durationMs: z.number() }) });
const operations = z.object({
  kind: z.literal('operations'),
  data: z.object({ operations: z.array(z.unknown()) }),
});

/** What one review cost its target. */
export interface Cost {
  readonly operations: number;
  readonly requests: number;
  readonly seconds: number;
  /** Requests of each probe, the most first. */
  readonly probes: readonly (readonly [probe: string, requests: number])[];
}

const lines = (folder: string, name: string): readonly unknown[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));

/** Reads what a finished run cost from its folder. */
export function costOfRun(folder: string): Cost {
  const { run } = facts.parse(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')));
  const byProbe = Map.groupBy(lines(folder, 'exchanges.jsonl'), (line) => exchange.parse(line).probe);
  const found = lines(folder, 'evidence.jsonl').flatMap((line) => {
    const parsed = operations.safeParse(line);
    return parsed.success ? [parsed.data.data.operations.length] : [];
  });
  return {
    operations: found.at(-1) ?? 0,
    requests: run.requests,
    seconds: run.durationMs / 1000,
    probes: [...byProbe]
      .map(([probe, list]) => [probe, list.length] as const)
      .toSorted(([, a], [, b]) => b - a),
  };
}
