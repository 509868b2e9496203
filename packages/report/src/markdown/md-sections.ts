import type { Review } from '@launch-ready/core';
import { acceptanceWords, lineWords, redFlagWords } from '../words/status-word.ts';
import { clauses } from '../views/clauses.ts';
import { lineTitle } from '../views/line-title.ts';
import { notTestedGroups } from '../views/not-tested-groups.ts';
import { outboundWords } from '../views/outbound-words.ts';
import { planWindows } from '../views/plan-windows.ts';
import { mdCode, mdTable, mdText } from './md.ts';

/** A longer list is cut and counted. */
const inShort = 40;
const clausesShown = 3;

/** The first statements of a reason, and how many more there are. */
function mdReason(because: string): string {
  const all = clauses(because);
  const rest = all.length - clausesShown;
  return `${all.slice(0, clausesShown).map(mdText).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

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
            mdReason(line.because),
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
          acceptance.map((rule) => [
            `${acceptanceWords[rule.state].sign} ${acceptanceWords[rule.state].word}`,
            mdText(rule.text),
            mdReason(rule.because),
          ]),
        ),
      ];

export function mdRedFlags({ redFlags }: Review): readonly string[] {
  const flags = redFlags.flags.filter((flag) => flag.state !== 'clear');
  if (flags.length === 0) return [];
  return [
    '## Red flags',
    ...(redFlags.seniorEngineer ? ['**Bring in a senior engineer.**'] : []),
    flags
      .map(
        (flag) =>
          `- ${redFlagWords[flag.state].sign} ${redFlagWords[flag.state].word}: ${mdText(flag.statement)} (${mdReason(flag.because)})`,
      )
      .join('\n'),
  ];
}

export const mdPlan = (review: Review): readonly string[] =>
  review.plan.length === 0
    ? []
    : [
        '## 48-hour plan',
        planWindows(review.plan)
          .flatMap(({ fromHour, toHour, steps }) =>
            steps.map(
              (step) =>
                `- **Hour ${fromHour}–${toHour}:** ${mdText(step.title)} (${step.lines.map((id) => mdText(lineTitle(review, id))).join(', ')})`,
            ),
          )
          .join('\n'),
      ];

export const mdToday = ({ today }: Review): readonly string[] =>
  today.length === 0
    ? []
    : ['## Today', today.map((each) => `- [ ] **${mdText(each.title)}**: ${mdText(each.how)}`).join('\n')];

export function mdNotTested(review: Review): readonly string[] {
  const groups = notTestedGroups(review);
  if (groups.length === 0) return [];
  const rows = groups.slice(0, inShort).map(({ what, because, testableBy }) => {
    const test = testableBy === null ? '' : ` To test it: ${mdText(testableBy)}`;
    return `- ${mdText(because.replace(/\.$/, ''))}: ${what.map(mdText).join('; ')}.${test}`;
  });
  const rest = groups.length - rows.length;
  return [
    '## Not tested',
    rows.join('\n'),
    ...(rest > 0 ? [`${rest} more reasons are in the HTML and JSON reports.`] : []),
  ];
}

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
        mdTable(
          ['Object', 'Type', 'Owner', 'Because'],
          leftovers.map((each) => [
            mdCode(each.ref),
            mdText(each.type),
            mdText(each.owner),
            mdText(each.because),
          ]),
        ),
      ];

export function mdOutbound(review: Review): readonly string[] {
  const words = outboundWords(review);
  return words.length === 0 ? [] : ['## Sent outside', words.map((each) => `- ${mdText(each)}`).join('\n')];
}
