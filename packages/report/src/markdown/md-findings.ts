import type { Review } from '@launch-ready/core';
import { count } from '../words/count.ts';
import { severityWords } from '../words/status-word.ts';
import { orderFindings } from '../views/order-findings.ts';
import { where } from '../views/where.ts';
import { mdFinding } from './md-finding.ts';
import { mdCode, mdTable, mdText } from './md.ts';

/** Pull requests and tickets cut long texts; what is left out here is in the other reports, and is counted. */
const inFull = 10;
const inShort = 40;

/** The worst findings in full, the next ones as rows, the rest as a number. */
export function mdFindings(review: Review): readonly string[] {
  const open = orderFindings(review.findings).filter((finding) => !finding.waived);
  const waived = review.findings.length - open.length;
  const short = open.slice(inFull, inFull + inShort);
  const rest = open.length - inFull - short.length;
  return [
    '## Findings',
    ...(open.length === 0
      ? ['Nothing was found.']
      : open.slice(0, inFull).map((finding) => mdFinding(review, finding))),
    ...(short.length === 0
      ? []
      : [
          mdTable(
            ['Severity', 'Finding', 'Where', 'Fingerprint'],
            short.map((finding) => [
              severityWords[finding.severity],
              mdText(finding.title),
              mdCode(where(finding)),
              mdCode(finding.id),
            ]),
          ),
        ]),
    ...(rest > 0
      ? [`${count(rest, 'more finding is', 'more findings are')} in the HTML and JSON reports.`]
      : []),
    ...(waived > 0 ? [`${count(waived, 'finding is', 'findings are')} accepted by a waiver.`] : []),
  ];
}
