export {
  bearer,
  cookie,
  custom,
  defineTarget,
  env,
  login,
  oauth,
  savedState,
  wfc,
} from '@launch-ready/probes';
export type { CustomLogin, GivenSession, LoginTools, TargetInput } from '@launch-ready/probes';
export type { RunPlan } from './run/plan-run.ts';
export { runReview, type ReviewDone, type ReviewRun } from './run/run-review.ts';
export { readFacts } from './run/read-facts.ts';
export { createRunFolder, openRunFolder, readEvidence, type RunFolder } from './run/run-folder.ts';
export { verifyFindings } from './run/verify-findings.ts';
export { silentProgress, type Progress } from './progress/progress.ts';
