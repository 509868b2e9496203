import type { FindingDraft } from './finding.ts';
import type { CitationId } from './ids.ts';

/**
 * What a check says. A pass cites the evidence it rests on; a check that could not see enough says `unknown` and why.
 * The runner adds `error` for a check that threw.
 */
export type Outcome =
  | {
      readonly status: 'pass';
      readonly because: string;
      readonly evidence: readonly [CitationId, ...CitationId[]];
    }
  | {
      readonly status: 'fail';
      readonly because: string;
      readonly findings: readonly [FindingDraft, ...FindingDraft[]];
      /** What could not be proven besides; when every finding is accepted by waiver the check is unknown for this reason. */
      readonly unproven?: string;
    }
  | { readonly status: 'unknown'; readonly because: string; readonly evidence?: readonly CitationId[] }
  | {
      readonly status: 'not-applicable';
      readonly because: string;
      readonly evidence?: readonly CitationId[];
    };
