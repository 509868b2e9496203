import type { Review } from '@launch-ready/core';
import { grouped } from '../words/count.ts';
import { duration } from '../words/duration.ts';
import { moment } from '../words/moment.ts';
import { verdictWords } from '../words/status-word.ts';
import { verdictReason } from '../views/verdict-reason.ts';
import { scoreSentence } from '../views/score-sentence.ts';
import {
  mdAcceptance,
  mdChanges,
  mdLeftovers,
  mdNotTested,
  mdOutbound,
  mdPlan,
  mdRedFlags,
  mdScorecard,
  mdToday,
} from './md-sections.ts';
import { mdFindings } from './md-findings.ts';
import { mdPermissions } from './md-permissions.ts';
import { mdCode, mdText } from './md.ts';

/**
 * The review for pull requests and tickets (GitHub-flavoured Markdown). Values of the review are only text in it: they
 * cannot make links, images, tables or mentions.
 */
export function renderMarkdown(review: Review): string {
  const { run, tool, target, profile, verdict } = review;
  const { sign, word } = verdictWords[verdict.kind];
  const parts = [
    `# ${sign} ${word}: ${mdText(target.name)}`,
    `**${mdText(verdictReason(review))}**`,
    mdText(scoreSentence(review)),
    ...(run.interrupted === null ? [] : [`**This run ended early:** ${mdText(run.interrupted)}`]),
    ...mdScorecard(review),
    ...mdAcceptance(review),
    ...mdRedFlags(review),
    ...mdFindings(review),
    ...mdToday(review),
    ...mdPlan(review),
    ...mdNotTested(review),
    ...mdPermissions(review),
    ...mdChanges(review),
    ...mdLeftovers(review),
    ...mdOutbound(review),
    '---',
    `${mdText(profile.title)} · ${mdText(moment(run.startedAt))} · ${grouped(run.requests)} requests in ${duration(run.durationMs)} · mode ${run.mode} · run ${mdCode(run.id)} · Launch Ready ${mdText(tool.version)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}
