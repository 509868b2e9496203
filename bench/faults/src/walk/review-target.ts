import { cryptoRandom, type Target } from '@launch-ready/probes';
import type { EvidenceRecord, Review } from '@launch-ready/core';
import { createRunFolder, readEvidence, runReview, silentProgress } from 'launch-ready';

/** A review and what it was judged from. */
export interface Reviewed {
  readonly review: Review;
  readonly evidence: readonly EvidenceRecord[];
}

/** The bench was stopped. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** The server answered too slowly, or not any more, while others were reviewed beside it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Reviews a target in this process, with everything the strictest mode does.
 * @param only ids of checks to keep to; all when empty
 * @throws {Stopped} when the run was stopped meanwhile
 * @throws {Interrupted} when it could not go on
 */
export async function reviewTarget(options: {
  readonly target: Target;
  readonly folder: string;
  readonly only: readonly string[];
  readonly signal: AbortSignal;
}): Promise<Reviewed> {
  if (options.signal.aborted) throw new Stopped('stopped');
  const folder = createRunFolder(options.folder);
  const { review, interruption } = await runReview({
    target: options.target,
    targetFile: null,
    profile: options.target.profile,
    mode: 'full',
    selection: { only: options.only, skip: [] },
    runId: `bench-${cryptoRandom.token(8)}`,
    folder,
    baseline: null,
    signal: options.signal,
    progress: () => silentProgress,
    confirmPlan: async () => true,
  });
  if (interruption?.kind === 'stopped') throw new Stopped(interruption.because);
  if (interruption !== null) throw new Interrupted(`the review was interrupted: ${interruption.because}`);
  return { review, evidence: readEvidence(folder) };
}
