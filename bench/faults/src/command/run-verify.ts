import { allFaults } from '../faults/all-faults.ts';
import type { Bench } from '../walk/bench.ts';
import { Stopped } from '../walk/review-target.ts';
import { verifyWorldFault, type VerifiedFinding } from '../walk/verify-world-fault.ts';
import { allWorlds } from '../worlds/all-worlds.ts';
import type { BenchOptions } from './bench-options.ts';
import { chooseWork } from './choose-work.ts';
import { runPool } from './run-pool.ts';

/** What the scripts of all findings told, and the faults of worlds that could not be asked. */
export interface VerifyResult {
  readonly findings: readonly VerifiedFinding[];
  /** Faults without a finding, or whose review failed. */
  readonly silent: readonly { readonly fault: string; readonly because: string }[];
  readonly seconds: number;
}

/** Runs the script of every finding of every chosen fault of a world against the faulty and against the mended world. */
export async function runVerify(
  bench: Bench & { say(line: string): void },
  options: BenchOptions,
  today: Date,
): Promise<VerifyResult> {
  const start = performance.now();
  const { worldFaults } = chooseWork(allFaults, allWorlds, options, today);
  bench.say(`scripts of ${worldFaults.length} faults of worlds`);
  const silent: { fault: string; because: string }[] = [];
  let done = 0;
  const verified = await runPool(
    worldFaults.map(({ world, fault }) => async () => {
      const findings = await verifyWorldFault(bench, world, fault).catch((error: unknown) => {
        if (error instanceof Stopped || bench.signal.aborted) throw error;
        silent.push({ fault: fault.id, because: error instanceof Error ? error.message : String(error) });
        return null;
      });
      if (findings?.length === 0) silent.push({ fault: fault.id, because: 'nothing was found' });
      bench.say(`${(done += 1)}/${worldFaults.length} ${fault.id}`);
      for (const finding of findings ?? []) {
        if (tells(finding)) continue;
        bench.say(`    ${finding.check}: ${describe(finding)}`);
      }
      return findings ?? [];
    }),
    options.jobs,
  );
  return { findings: verified.flat(), silent, seconds: (performance.now() - start) / 1000 };
}

/** Whether a finding came without any script, which none may. */
export const lacksScript = ({ faulty }: VerifiedFinding): boolean =>
  faulty.said.startsWith('the finding has no script');

/** Whether a script exited 1 at the faulty world and 0 at the mended one. */
export const tells = ({ faulty, mended }: VerifiedFinding): boolean =>
  faulty.state === 'still-there' && mended.state === 'fixed';

/** Whether a script said something that is not so: worse than to say nothing. */
export const misleads = ({ faulty, mended }: VerifiedFinding): boolean =>
  faulty.state === 'fixed' || mended.state === 'still-there';

/** What a script told of both worlds, in one line. */
export const describe = ({ faulty, mended }: VerifiedFinding): string =>
  `faulty: ${faulty.state} (${faulty.said}); mended: ${mended.state} (${mended.said})`;
