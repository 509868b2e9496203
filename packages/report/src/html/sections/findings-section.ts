import { severities, type Finding, type Review } from '@launch-ready/core';
import { count, grouped } from '../../words/count.ts';
import { severityWords } from '../../words/status-word.ts';
import { openFindings } from '../../views/open-findings.ts';
import { orderFindings } from '../../views/order-findings.ts';
import { emptyNote } from '../parts/empty-note.ts';
import type { Section } from '../parts/section.ts';
import { html, type Html } from '../template/html.ts';
import { findingCard } from './finding-card.ts';

/** Findings that start open on the screen; on paper all of them are. */
const openAtFirst = 1;

/** From so many findings on there are links to each severity. */
const longList = 12;

/** Every finding, the worst first, with all that is needed to believe it, repeat it and mend it. */
export function findingsSection(review: Review): Section {
  const ordered = orderFindings(review.findings);
  const waived = ordered.filter((finding) => finding.waived);
  const first = new Set(ordered.slice(0, openAtFirst));
  const list = (kind: string, title: string, findings: readonly Finding[]): Html | null =>
    findings.length === 0
      ? null
      : html`<div class="finding-group">
          <h3 class="group-title" id="findings-${kind}">
            ${title} <span class="muted">${grouped(findings.length)}</span>
          </h3>
          ${findings.map((finding) => findingCard(review, finding, first.has(finding)))}
        </div>`;
  const groups = severities.map((severity) =>
    list(
      severity,
      severityWords[severity],
      ordered.filter((finding) => !finding.waived && finding.severity === severity),
    ),
  );
  return {
    id: 'findings',
    title: 'Findings',
    note: grouped(ordered.length - waived.length),
    lead:
      ordered.length > 0 &&
      `${count(ordered.length, 'finding')}, the worst first. Credentials in commands are environment variables, never values.`,
    body:
      ordered.length === 0
        ? emptyNote(nothing(review))
        : html`${jumps(ordered)}${groups}${list('waived', 'Accepted by a waiver', waived)}`,
  };
}

const jumps = (findings: readonly Finding[]): Html | null =>
  findings.length <= longList
    ? null
    : html`<ul class="chips plain">
        ${openFindings(findings).map(
          (each) =>
            html`<li>
              <a href="#findings-${each.severity}"
                >${severityWords[each.severity]} <b>${grouped(each.count)}</b></a
              >
            </li>`,
        )}
      </ul>`;

const nothing = ({ checks }: Review): string =>
  checks.some((check) => check.status === 'pass')
    ? 'Nothing was found. What that rests on is listed under passed checks; what it leaves out, under not tested.'
    : 'Nothing was found, but no check passed either: this is not a proof of safety.';
