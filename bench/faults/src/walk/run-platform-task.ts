import type { Fault } from '../fault.ts';
import { applyEdits, EditMismatch } from '../platform/apply-edits.ts';
import { copyPlatform } from '../platform/copy-platform.ts';
import { nextFolder, type Bench } from './bench.ts';
import { describeFinding } from './describe-finding.ts';
import { problemsOff, problemsOn, weakness } from './judge-walk.ts';
import { reviewCopy } from './review-copy.ts';
import type { Seen } from './run-task.ts';
import type { Task } from './task.ts';

const touchesMigrations = ({ edits }: Fault): boolean =>
  edits.some(({ file }) => file.startsWith('migrations/'));

/**
 * One step of the walks of the platform. `off again` reviews a copy in which every one of these faults was made and taken
 * back, with a database that its own migrations made, and looks at what the faults are about and nothing else.
 */
export async function runPlatformTask(
  bench: Bench,
  step: Task['step'],
  faults: readonly Fault[],
): Promise<Seen> {
  const copy = copyPlatform(nextFolder(bench));
  if (step === 'on') for (const { edits } of faults) applyEdits(copy, edits);
  if (step === 'off again') for (const fault of faults) makeAndTakeBack(copy, fault);
  const { review } = await reviewCopy(bench, {
    copy,
    env: step === 'on' ? Object.assign({}, ...faults.map(({ env }) => env)) : {},
    ownMigrations: step !== 'off' && faults.some(touchesMigrations),
    only: step === 'off again' ? [...new Set(faults.map(({ expects }) => expects.check))] : [],
  });
  const seen = faults.map((fault) => ({
    id: fault.id,
    problems: [...(step === 'on' ? problemsOn(review, fault) : problemsOff(review, fault, step))],
    weakness: step === 'off' ? weakness(review, fault) : null,
  }));
  const alarms = step === 'off' ? review.findings.map(describeFinding) : [];
  return {
    faults: seen,
    alarms: alarms.length === 0 ? [] : [{ id: 'platform as it is', saw: alarms }],
    notMet: [],
  };
}

function makeAndTakeBack(copy: string, { edits }: Fault): void {
  try {
    applyEdits(copy, edits)();
  } catch (error) {
    // An edit that does not fit is told by the step that wants it to be there.
    if (!(error instanceof EditMismatch)) throw error;
  }
}
