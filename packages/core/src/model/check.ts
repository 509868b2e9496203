import type { EvidenceKind, Gathered } from '../evidence/evidence-map.ts';
import type { Fix } from './finding.ts';
import type { Outcome } from './outcome.ts';
import type { References } from './reference.ts';
import type { Severity } from './severity.ts';

/** Evidence a check may read: exactly the kinds it declared. */
export type EvidenceFor<Need extends EvidenceKind> = { readonly [K in Need]: Gathered<K> };

/**
 * A pure judgement over declared evidence. It does no input or output and reads no clock, so that saved evidence can be
 * judged again.
 */
export interface Check<Need extends EvidenceKind = never, Options extends object = object> {
  /** `subject/name`, which is also its path below `checks/src`. */
  readonly id: string;
  /** The good state, as a statement. */
  readonly title: string;
  /** The bad state, as a statement. */
  readonly failureTitle: string;
  /** The measurable condition for a pass. */
  readonly criterion: string;
  /** Requirement ids it serves, such as `SC-AUTHZ` or `CK-TENANT`. */
  readonly requirements: readonly string[];
  readonly severity: Severity;
  /** How it looks, for `explain`. */
  readonly how: string;
  /** Why it matters, for `explain`. */
  readonly why: string;
  readonly needs: readonly Need[];
  /** Thresholds with their defaults; a profile may override each. */
  readonly options: Options;
  readonly fix: Fix;
  readonly references: References;
  evaluate(evidence: EvidenceFor<Need>, options: Options): Outcome;
}

/** A check whose evidence and options are known to itself alone; what lists and runners hold. */
export interface AnyCheck extends Omit<Check, 'needs' | 'options' | 'evaluate'> {
  readonly needs: readonly EvidenceKind[];
  readonly options: object;
  evaluate(evidence: { readonly [K in EvidenceKind]?: Gathered<K> }, options: object): Outcome;
}

/**
 * Declares a check. Reading evidence that is not in `needs`, or a pass without evidence, does not compile.
 *
 * @example
 * export const logoutInvalidation = defineCheck({ id: 'session/logout-invalidation', needs: ['sessionReplay'], ... });
 */
export function defineCheck<const Need extends EvidenceKind, Options extends object>(
  check: Check<Need, Options>,
): Check<Need, Options> {
  return check;
}
