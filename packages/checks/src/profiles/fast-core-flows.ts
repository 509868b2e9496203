import type { AcceptanceRule } from '@launch-ready/core';
import { p95OfCoreFlows } from './thresholds.ts';

/**
 * The speed rule that all five checklists share; only the flows differ. No scorecard line carries it, and nothing in this
 * version puts load on a target, so it stays unproven.
 */
export const fastCoreFlows = (flows: string): AcceptanceRule => ({
  id: 'fast-core-flows',
  text: `With as many people on it as launch will bring, 95 of 100 answers on ${flows} arrive in less than 500 ms.`,
  lines: [],
  notYetExamined: [`answer times of ${flows} under load`],
  thresholds: [p95OfCoreFlows(500)],
});
