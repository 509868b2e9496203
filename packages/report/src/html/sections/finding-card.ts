import type { Finding, Review } from '@launch-ready/core';
import { where } from '../../views/where.ts';
import { citations } from '../parts/citations.ts';
import { lineLink } from '../parts/line-link.ts';
import { referenceList } from '../parts/reference-list.ts';
import { severityBadge } from '../parts/severity-badge.ts';
import { anchor } from '../template/anchor.ts';
import { html, type Html, type HtmlValue } from '../template/html.ts';
import { findingFix } from './finding-fix.ts';
import { findingReproduction } from './finding-reproduction.ts';

const fact = (name: string, value: HtmlValue): Html =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

/** One finding: seen, expected, how to see it again, how to mend it. */
export function findingCard(review: Review, finding: Finding, open: boolean): Html {
  const check = review.checks.find((each) => each.id === finding.check);
  const references = referenceList(finding.references);
  return html` <details class="finding ${finding.severity}" ${open && html` open`}>
    <summary>
      ${severityBadge(finding.severity)}<span class="finding-head"
        ><span class="finding-title">${finding.title}</span
        ><code class="finding-where">${where(finding)}</code></span
      >${review.changes?.new.includes(finding.id) === true && html`<span class="tag">New</span>`}${finding.waived && html`<span class="tag">Waived</span>`}
    </summary>
    <div class="finding-body" id="${anchor('finding', finding.id)}">
      <div class="pair">
        <div class="block saw">
          <h4>What was seen</h4>
          <p>${finding.message}</p>
        </div>
        <div class="block">
          <h4>What should be</h4>
          <p>
            ${check?.criterion ?? html`<span class="muted">The review does not carry the criterion of this check.</span>`}
          </p>
        </div>
      </div>
      ${findingReproduction(finding)} ${findingFix(finding.fix)}
      <dl class="facts">
        ${finding.line !== null && fact('Line', lineLink(review, finding.line))}
        ${fact('Actors', finding.actors.length === 0 ? html`<span class="muted">none</span>` : finding.actors.join(', '))}
        ${fact('Check', html`<code>${finding.check}</code>`)} ${fact('Evidence', citations(finding.evidence))}
        ${references !== null && fact('References', references)}
        ${fact('Fingerprint', html`<code>${finding.id}</code>`)}
      </dl>
    </div>
  </details>`;
}
