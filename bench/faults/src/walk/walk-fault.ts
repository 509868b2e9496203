import type { Review } from '@launch-ready/core';
import type { Fault } from '../fault.ts';
import { applyEdits } from '../platform/apply-edits.ts';
import { copyPlatform } from '../platform/copy-platform.ts';
import { nextFolder, type Bench } from './bench.ts';
import { problemsOff, problemsOn, weakness } from './judge-walk.ts';
import { reviewCopy } from './review-copy.ts';
import { Stopped } from './review-target.ts';
import type { WorldFault } from '../worlds/world.ts';

/** What came of one fault. */
export interface WalkedFault {
  readonly fault: Fault | WorldFault;
  readonly found: boolean;
  /** Why it does not count as found. */
  readonly problems: readonly string[];
  /** Why the check does not prove the platform good without the fault; null when it does. */
  readonly weakness: string | null;
  readonly seconds: number;
}

/**
 * Walks a fault: off, on, off. The first `off` is the review of the platform as it is, which all walks share; the last one
 * reviews the same copy with the edits taken back, and only what the fault is about.
 */
export async function walkFault(bench: Bench, fault: Fault, pristine: Review): Promise<WalkedFault> {
  const start = performance.now();
  const done = (problems: readonly string[]): WalkedFault => ({
    fault,
    found: problems.length === 0,
    problems,
    weakness: weakness(pristine, fault),
    seconds: (performance.now() - start) / 1000,
  });
  const problems = [...problemsOff(pristine, fault, 'off')];
  try {
    const copy = copyPlatform(nextFolder(bench));
    const takeBack = applyEdits(copy, fault.edits);
    const ownMigrations = fault.edits.some(({ file }) => file.startsWith('migrations/'));
    const on = await reviewCopy(bench, { copy, env: fault.env ?? {}, ownMigrations, only: [] });
    problems.push(...problemsOn(on.review, fault));
    takeBack();
    const off = await reviewCopy(bench, { copy, env: {}, ownMigrations: false, only: [fault.expects.check] });
    problems.push(...problemsOff(off.review, fault, 'off again'));
  } catch (error) {
    if (error instanceof Stopped || bench.signal.aborted) throw error;
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return done(problems);
}
