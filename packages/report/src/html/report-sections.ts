import type { Review } from '@launch-ready/core';
import type { Section } from './parts/section.ts';
import { acceptanceSection } from './sections/acceptance-section.ts';
import { attestationsSection } from './sections/attestations-section.ts';
import { changesSection } from './sections/changes-section.ts';
import { checksSection } from './sections/checks-section.ts';
import { coverageSection } from './sections/coverage-section.ts';
import { findingsSection } from './sections/findings-section.ts';
import { gatesSection } from './sections/gates-section.ts';
import { latencySection } from './sections/latency-section.ts';
import { leftoversSection } from './sections/leftovers-section.ts';
import { notTestedSection } from './sections/not-tested-section.ts';
import { outboundSection } from './sections/outbound-section.ts';
import { permissionsSection } from './sections/permissions-section.ts';
import { planSection } from './sections/plan-section.ts';
import { redFlagsSection } from './sections/red-flags-section.ts';
import { runFactsSection } from './sections/run-facts-section.ts';
import { scorecardSection } from './sections/scorecard-section.ts';
import { todaySection } from './sections/today-section.ts';
import { waiversSection } from './sections/waivers-section.ts';

const inOrder: readonly ((review: Review) => Section | null)[] = [
  gatesSection,
  redFlagsSection,
  scorecardSection,
  acceptanceSection,
  findingsSection,
  todaySection,
  planSection,
  notTestedSection,
  coverageSection,
  permissionsSection,
  checksSection,
  latencySection,
  changesSection,
  waiversSection,
  attestationsSection,
  leftoversSection,
  outboundSection,
  runFactsSection,
];

/** The parts of the report in reading order: what was decided, why, what to do, what it rests on. */
export const reportSections = (review: Review): readonly Section[] =>
  inOrder.flatMap((section) => section(review) ?? []);
