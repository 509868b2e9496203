import type { Finding, Review } from '@launch-ready/core';
import { severityWords } from '../words/status-word.ts';
import { where } from '../views/where.ts';
import { mdBlock, mdCode, mdText } from './md.ts';

const referenceIds = ({ references: { cwe, owaspApi, asvs } }: Finding): string =>
  [...cwe, ...owaspApi.map((id) => `OWASP ${id}`), ...asvs.map((id) => `ASVS ${id}`)].join(', ');

/** One finding in full, as it fits into a ticket. */
export function mdFinding(review: Review, finding: Finding): string {
  const check = review.checks.find((each) => each.id === finding.check);
  const references = referenceIds(finding);
  return [
    `### ${severityWords[finding.severity]}: ${mdText(finding.title)}`,
    mdCode(where(finding)),
    `**Seen:** ${mdText(finding.message)}`,
    ...(check === undefined ? [] : [`**Should be:** ${mdText(check.criterion)}`]),
    ...(finding.reproduce === null ? [] : [mdBlock('sh', finding.reproduce.curl)]),
    `**Fix** (${finding.fix.effort}): ${mdText(finding.fix.summary)}`,
    ...(finding.fix.steps.length === 0
      ? []
      : [finding.fix.steps.map((step, at) => `${at + 1}. ${mdText(step)}`).join('\n')]),
    ...(finding.fix.today === null ? [] : [`**Today:** ${mdText(finding.fix.today)}`]),
    `Evidence ${finding.evidence.map(mdCode).join(', ')} · fingerprint ${mdCode(finding.id)}${references === '' ? '' : ` · ${mdText(references)}`}`,
  ].join('\n\n');
}
