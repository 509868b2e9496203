import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { OptionProblem, readOptions } from './command/bench-options.ts';
import { resultTable } from './command/result-table.ts';
import { differences } from './command/compare-runs.ts';
import { openLanes } from './command/open-lanes.ts';
import { runBench, type BenchRun } from './command/run-bench.ts';
import { misleads, runVerify } from './command/run-verify.ts';
import { verifyTable } from './command/verify-table.ts';
import { exitCodeOf } from './command/summarise.ts';
import { openBenchDatabase } from './platform/bench-database.ts';
import { Stopped } from './walk/review-target.ts';

const stop = new AbortController();
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const onSignal = (): void => {
  if (stop.signal.aborted) process.exit(130);
  say('stopping: everything that was started is being ended (press Ctrl-C again to stop at once)');
  stop.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

/** Runs the bench and resolves to its exit code. */
async function run(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const folder = await mkdtemp(join(tmpdir(), 'launch-ready-bench-'));
  const start = performance.now();
  try {
    if (options.verify) {
      const bench = { database: openBenchDatabase, folder, signal: stop.signal, input: options.input, say };
      const verified = await runVerify(bench, options, new Date());
      process.stdout.write(options.json ? `${JSON.stringify(verified)}\n` : verifyTable(verified));
      return verified.findings.some(misleads) ? 1 : 0;
    }
    const lanes = openLanes(Math.min(options.jobs, availableParallelism()), {
      folder,
      input: options.input,
    });
    const closing = new Promise<void>((resolve) => {
      stop.signal.addEventListener('abort', () => resolve(lanes.close()));
    });
    try {
      const runs: BenchRun[] = [];
      for (let round = 1; round <= options.repeat; round += 1) {
        if (options.repeat > 1) say(`run ${round} of ${options.repeat}`);
        runs.push(await runBench(lanes, options, { start, today: new Date(), say }));
      }
      for (const { result, faults, worlds } of runs.slice(-1))
        process.stdout.write(
          options.json ? `${JSON.stringify(result)}\n` : resultTable(result, faults, worlds),
        );
      const differing = differences(runs);
      for (const line of differing) say(`not the same in all runs: ${line}`);
      if (options.repeat > 1 && differing.length === 0) say(`the same verdicts in ${options.repeat} runs`);
      return Math.max(differing.length > 0 ? 1 : 0, ...runs.map(({ result }) => exitCodeOf(result)));
    } finally {
      await (stop.signal.aborted ? closing : lanes.close());
    }
  } finally {
    if (options.keep) say(`evidence: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  if (error instanceof OptionProblem) {
    say(`faults: ${error.message}`);
    process.exitCode = 64;
  } else if (error instanceof Stopped || stop.signal.aborted) {
    say('stopped');
    process.exitCode = 130;
  } else throw error;
}
