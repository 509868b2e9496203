import { crowdWorld, worldTarget } from '@launch-ready/faults';
import { createRunFolder, runReview, silentProgress } from 'launch-ready';

/** Reviews an application of about 60 operations in this process; everything of the run lies below the folder. */
export async function reviewCrowd(folder: string): Promise<void> {
  const running = await crowdWorld.start(new Set(), { folder });
  try {
    const run = createRunFolder(folder);
    await runReview({
      target: worldTarget(crowdWorld, running, folder),
      targetFile: null,
      profile: 'b2b-community',
      mode: 'standard',
      selection: { only: [], skip: [] },
      runId: 'cost',
      folder: run,
      baseline: null,
      signal: new AbortController().signal,
      progress: () => silentProgress,
      confirmPlan: async () => true,
    });
  } finally {
    await running.close();
  }
}
