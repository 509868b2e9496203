import { createInterface } from 'node:readline/promises';
import { join } from 'node:path';
import { checks } from '@launch-ready/checks';
import { cryptoRandom, isLoopback, systemClock, type Target } from '@launch-ready/probes';
import { exitCode, exitCodeOf } from '../exit-code.ts';
import { silentProgress, terminalProgress } from '../progress/progress.ts';
import type { LoadedTarget } from '../run/load-target-file.ts';
import { profileOf } from '../run/judge-run.ts';
import { readReview } from '../run/read-review.ts';
import { reviewProbes } from '../run/review-probes.ts';
import { createRunFolder } from '../run/run-folder.ts';
import { newRunId } from '../run/run-id.ts';
import type { RunPlan } from '../run/plan-run.ts';
import { runReview } from '../run/run-review.ts';
import { selectChecks } from '../run/select-checks.ts';
import { writeReports } from '../run/write-reports.ts';
import type { Terminal } from '../terminal.ts';
import { UserError } from '../user-error.ts';
import { describePlan } from './describe-plan.ts';
import type { ReviewOptions } from './review-options.ts';

/** Folder below the working directory that holds the runs. */
export const runsFolder = '.launch-ready';

/**
 * Reviews a loaded target, writes and prints the reports, and resolves to the exit code of the verdict. Ctrl-C ends the
 * run after cleaning up; a second Ctrl-C ends it at once.
 */
export async function runAndReport(
  loaded: LoadedTarget,
  options: ReviewOptions,
  terminal: Terminal,
): Promise<number> {
  const target = withLimits(loaded.target, options);
  const baseline = options.baseline === undefined ? null : readReview(options.baseline);
  const profile = options.profile ?? target.profile;
  const selection = { only: options.only, skip: options.skip };
  // Refused before there is a folder.
  selectChecks({ profile: profileOf(profile), checks, probes: reviewProbes }, selection);
  const runId = newRunId(systemClock, cryptoRandom);
  const folder = createRunFolder(options.out ?? join(runsFolder, runId));
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(exitCode.stopped);
    stop.abort();
    terminal.err('\nstopping: removing what this run created (press Ctrl-C again to stop at once)\n');
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const { review, interruption } = await runReview({
      target,
      targetFile: loaded.file,
      profile,
      mode: options.mode,
      selection,
      runId,
      folder,
      baseline,
      signal: stop.signal,
      progress: (counts) => (options.quiet === true ? silentProgress : terminalProgress(terminal, counts)),
      confirmPlan: (plan) => confirmPlan(plan, target, options, terminal),
    });
    writeReports(review, folder, terminal, {
      formats: options.format,
      json: options.json === true,
      color: options.color,
    });
    if (interruption?.kind === 'stopped') return exitCode.stopped;
    if (interruption?.kind === 'target-lost') {
      terminal.err(
        `launch-ready: ${interruption.because}; \`launch-ready cleanup ${folder.path}\` removes what is left\n`,
      );
      return exitCode.unreachable;
    }
    if (interruption?.kind === 'target-strained')
      terminal.err(`launch-ready: ${interruption.because}; try again with a lower --rate\n`);
    return exitCodeOf(review.verdict.kind);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

function withLimits(target: Target, options: ReviewOptions): Target {
  return {
    ...target,
    limits: {
      ...target.limits,
      ...(options.rate === undefined ? {} : { requestsPerSecond: options.rate }),
      ...(options.maxRequests === undefined ? {} : { maxRequests: options.maxRequests }),
    },
  };
}

async function confirmPlan(
  plan: RunPlan,
  target: Target,
  options: ReviewOptions,
  terminal: Terminal,
): Promise<boolean> {
  if (options.quiet !== true) terminal.err(describePlan(plan, target));
  const ours = Object.values(target.origins).every((origin) => isLoopback(new URL(origin).hostname));
  if (options.yes === true || ours || options.mode === 'observe') return true;
  if (!terminal.isInteractive)
    throw new UserError(
      `nobody can be asked whether to change ${target.app}: give --yes, or look only with --mode observe`,
    );
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question('Go on? [y/N] ');
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}
