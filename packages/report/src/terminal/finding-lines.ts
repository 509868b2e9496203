import type { Finding, Review } from '@launch-ready/core';
import { count, grouped } from '../words/count.ts';
import { severityWords } from '../words/status-word.ts';
import { openFindings } from '../views/open-findings.ts';
import { orderFindings } from '../views/order-findings.ts';
import { where } from '../views/where.ts';
import { block } from './columns.ts';
import { foldCommand } from './fold-command.ts';
import type { Page } from './page.ts';
import { wrapText } from './wrap-text.ts';

/** So many findings are told in full; the reports hold all of them. */
const toldInFull = 5;

const tones = { critical: 'bad', high: 'bad', medium: 'unsure', low: 'quiet', info: 'quiet' } as const;

/** The worst findings: severity, what was seen, where, and the command that shows it again. */
export function findingLines(review: Review, page: Page): readonly string[] {
  const open = orderFindings(review.findings).filter((finding) => !finding.waived);
  const waived = review.findings.length - open.length;
  const accepted =
    waived === 0
      ? []
      : [
          page.paint(
            'dim',
            ` ${count(waived, 'more finding is', 'more findings are')} accepted by a waiver.`,
          ),
        ];
  if (open.length === 0) return block(page, 'FINDINGS', [' Nothing was found.', ...accepted]);
  const parts = openFindings(open).map(
    (each) => `${grouped(each.count)} ${severityWords[each.severity].toLowerCase()}`,
  );
  const rest = open.length - toldInFull;
  return block(page, `FINDINGS: ${parts.join(', ')}`, [
    ...open.slice(0, toldInFull).flatMap((finding) => one(finding, page)),
    ...(rest > 0
      ? ['', page.paint('dim', ` ${count(rest, 'more finding is', 'more findings are')} in the reports.`)]
      : []),
    ...accepted,
  ]);
}

function one(finding: Finding, page: Page): readonly string[] {
  const wrapped = (text: string): readonly string[] =>
    wrapText(text, page.width - 4).map((line) => `   ${line}`);
  const severity = severityWords[finding.severity];
  const [first = '', ...more] = wrapText(`${severity}: ${finding.title}`, page.width - 2);
  const curl = finding.reproduce === null ? [] : foldCommand(finding.reproduce.curl, page.width - 4);
  return [
    '',
    ` ${page.paint(tones[finding.severity], first.slice(0, severity.length + 1))}${page.paint('bold', first.slice(severity.length + 1))}`,
    ...more.map((line) => ` ${page.paint('bold', line)}`),
    ...wrapped(finding.message),
    ...wrapped(`at ${where(finding)}`),
    ...curl.map((line) => page.paint('dim', `   ${line}`)),
  ];
}
