import type { CheckResult, LineResult, Review } from '@launch-ready/core';
import { checkWords, lineWords } from '../../words/status-word.ts';
import { clauses } from '../../views/clauses.ts';
import { sentenceCase } from '../../words/sentence-case.ts';
import { badge } from '../parts/badge.ts';
import { citations } from '../parts/citations.ts';
import { findingLink } from '../parts/finding-link.ts';
import { referenceList } from '../parts/reference-list.ts';
import { shortReason } from '../parts/reason.ts';
import { anchor } from '../template/anchor.ts';
import { html, type Html, type HtmlValue } from '../template/html.ts';

const block = (title: string, body: HtmlValue): Html =>
  html`<div class="block">
    <h4>${title}</h4>
    ${body}
  </div>`;

const checkRow = (review: Review, check: CheckResult): Html =>
  html` <li>
    ${badge(checkWords[check.status])}
    <div>
      <b>${check.title}</b> <code class="muted">${check.id}</code>
      <p class="muted">${sentenceCase(check.because)}</p>
      ${check.findings.map((id) => html`<p>${findingLink(review, id)}</p>`)}
      ${check.evidence.length > 0 && html`<p>${citations(check.evidence)}</p>`}
    </div>
  </li>`;

/** Whether the list of checks or of what is not examined says the same. */
const isToldBelow = (clause: string, line: LineResult, checks: readonly CheckResult[]): boolean =>
  line.notYetExamined.some((what) => clause.includes(what)) ||
  checks.some((check) => clause.startsWith(check.title));

/** One row of the scorecard; it opens to its checks and reasons. */
export function scorecardLine(review: Review, line: LineResult, number: number): Html {
  const checks = review.checks.filter(
    (check) => line.checks.includes(check.id) || check.lines.includes(line.id),
  );
  const also = clauses(line.because)
    .slice(2)
    .filter((each) => !isToldBelow(each, line, checks));
  const status = lineWords[line.status];
  return html` <li>
    <details class="line">
      <summary>
        <span class="line-number">${number}</span>
        <span class="line-what"
          ><span class="line-title">${line.title}${line.gate && html`<span class="tag">Gate</span>`}</span
          ><span class="line-criterion">${line.criterion}</span></span
        >
        <span class="line-saw"><span class="label">What was seen</span>${shortReason(line.because)}</span>
        <span class="line-result">${badge(status)}</span>
      </summary>
      <div class="line-body" id="${anchor('line', line.id)}">
        ${block('Why it matters', html`<p>${line.whyItMatters}</p>`)}
        ${block('What breaks', html`<p>${line.whatBreaks}</p>`)}
        ${
          line.thresholds.length > 0 &&
          block(
            'Thresholds',
            html`<ul class="chips plain">
              ${line.thresholds.map((each) => html`<li>${sentenceCase(each.name)}: <b>${each.value}${each.unit !== null && ` ${each.unit}`}</b></li>`)}
            </ul>`,
          )
        }
        ${
          also.length > 0 &&
          block(
            'Also seen',
            html`<ul class="wide">
              ${also.map((each) => html`<li>${each}</li>`)}
            </ul>`,
          )
        }
        ${
          line.notYetExamined.length > 0 &&
          block(
            'Not yet examined',
            html`<ul class="wide">
              ${line.notYetExamined.map((each) => html`<li>${sentenceCase(each)}</li>`)}
            </ul>`,
          )
        }
        ${block(
          'Checks',
          checks.length === 0
            ? html`<p class="muted">No check of this line ran.</p>`
            : html`<ul class="check-rows plain">
                ${checks.map((check) => checkRow(review, check))}
              </ul>`,
        )}
        <p class="line-foot"><code>${line.id}</code>${referenceList(line.references)}</p>
      </div>
    </details>
  </li>`;
}
