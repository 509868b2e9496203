import type { Review } from '@launch-ready/core';
import { count } from '../words/count.ts';
import { acceptanceWords, lineWords, redFlagWords, severityWords } from '../words/status-word.ts';
import { lineTitle } from '../views/line-title.ts';
import { orderFindings } from '../views/order-findings.ts';
import { planWindows } from '../views/plan-windows.ts';
import { where } from '../views/where.ts';
import { mdFinding } from './md-finding.ts';
import { mdCode, mdTable, mdText } from './md.ts';

/** Pull requests and tickets cut long texts; what is left out here is in the other reports, and is counted. */
const inFull = 10;
const inShort = 40;

export const mdScorecard = ({ lines }: Review): readonly string[] =>
  lines.length === 0
    ? []
    : [
        '## Scorecard',
        mdTable(
          ['Result', 'Line', 'What was seen'],
          lines.map((line) => [
            `${lineWords[line.status].sign} ${lineWords[line.status].word}`,
            `${mdText(line.title)}${line.gate ? ' (gate)' : ''}`,
            mdText(line.because),
          ]),
        ),
      ];

export const mdAcceptance = ({ acceptance }: Review): readonly string[] =>
  acceptance.length === 0
    ? []
    : [
        '## Acceptance rules',
        mdTable(
          ['State', 'Rule', 'Because'],
          acceptance.map((rule) => [`${acceptanceWords[rule.state].sign} ${acceptanceWords[rule.state].word}`, mdText(rule.text), mdText(rule.because)]),
        ),
      ];

export function mdRedFlags({ redFlags }: Review): readonly string[] {
  const flags = redFlags.flags.filter((flag) => flag.state !== 'clear');
  if (flags.length === 0) return [];
  return [
    '## Red flags',
    ...(redFlags.seniorEngineer ? ['**Bring in a senior engineer.**'] : []),
    flags.map((flag) => `- ${redFlagWords[flag.state].sign} ${redFlagWords[flag.state].word}: ${mdText(flag.statement)} (${mdText(flag.because)})`).join('\n'),
  ];
}

export function mdFindings(review: Review): readonly string[] {
  const open = orderFindings(review.findings).filter((finding) => !finding.waived);
  const waived = review.findings.length - open.length;
  const short = open.slice(inFull, inFull + inShort);
  const rest = open.length - inFull - short.length;
  return [
    '## Findings',
    ...(open.length === 0 ? ['Nothing was found.'] : open.slice(0, inFull).map((finding) => mdFinding(review, finding))),
    ...(short.length === 0
      ? []
      : [mdTable(['Severity', 'Finding', 'Where', 'Fingerprint'], short.map((finding) => [severityWords[finding.severity], mdText(finding.title), mdCode(where(finding)), mdCode(finding.id)]))]),
    ...(rest > 0 ? [`${count(rest, 'more finding is', 'more findings are')} in the HTML and JSON reports.`] : []),
    ...(waived > 0 ? [`${count(waived, 'finding is', 'findings are')} accepted by a waiver.`] : []),
  ];
}

export const mdPlan = (review: Review): readonly string[] =>
  review.plan.length === 0
    ? []
    : [
        '## 48-hour plan',
        planWindows(review.plan)
          .flatMap(({ fromHour, toHour, steps }) =>
            steps.map((step) => `- **Hour ${fromHour}–${toHour}:** ${mdText(step.title)} (${step.lines.map((id) => mdText(lineTitle(review, id))).join(', ')})`),
          )
          .join('\n'),
      ];

export const mdToday = ({ today }: Review): readonly string[] =>
  today.length === 0 ? [] : ['## Today', today.map((each) => `- [ ] **${mdText(each.title)}**: ${mdText(each.how)}`).join('\n')];

export const mdNotTested = ({ coverage: { notTested } }: Review): readonly string[] =>
  notTested.length === 0
    ? []
    : [
        '## Not tested',
        notTested
          .slice(0, inShort)
          .map((each) => `- ${mdText(each.what)}: ${mdText(each.because)}${each.testableBy === null ? '' : ` To test it: ${mdText(each.testableBy)}`}`)
          .join('\n'),
        ...(notTested.length > inShort ? [`${notTested.length - inShort} more are in the HTML and JSON reports.`] : []),
      ];

export const mdChanges = ({ changes }: Review): readonly string[] =>
  changes === null
    ? []
    : [
        '## Changes since the baseline',
        `Against run ${mdCode(changes.against)}: ${changes.new.length} new, ${changes.fixed.length} fixed, ${changes.same.length} still there.`,
      ];

export const mdLeftovers = ({ leftovers }: Review): readonly string[] =>
  leftovers.length === 0
    ? []
    : [
        '## Left behind',
        mdTable(['Object', 'Type', 'Owner', 'Because'], leftovers.map((each) => [mdCode(each.ref), mdText(each.type), mdText(each.owner), mdText(each.because)])),
      ];
