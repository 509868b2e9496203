import type { Review } from '@launch-ready/core';
import { notTestedGroups, type NotTestedGroup } from '../../views/not-tested-groups.ts';
import { sentenceCase } from '../../words/sentence-case.ts';
import { emptyNote } from '../parts/empty-note.ts';
import { fold } from '../parts/fold.ts';
import type { Section } from '../parts/section.ts';
import { html, type Html } from '../template/html.ts';

/** A longer list is folded. */
const longList = 6;

/** What this review says nothing about, and what would make it testable. */
export function notTestedSection(review: Review): Section {
  const { notTested } = review.coverage;
  return {
    id: 'not-tested',
    title: 'Not tested',
    note: String(notTested.length),
    lead: notTested.length > 0 && 'This review says nothing about the following.',
    body:
      notTested.length === 0
        ? emptyNote('Nothing was recorded as left out.')
        : html`<ul class="rows plain surface">
            ${notTestedGroups(review).map(row)}
          </ul>`,
  };
}

const row = (group: NotTestedGroup): Html =>
  html`<li class="row stacked">
    <div>${whatAndWhy(group)}</div>
    ${
      group.testableBy !== null &&
      html`<p class="testable"><span class="label">To test it</span>${group.testableBy}</p>`
    }
  </li>`;

function whatAndWhy({ what, because }: NotTestedGroup): Html {
  const [first, ...more] = what;
  if (more.length === 0)
    return html`<p class="row-title">${first === undefined ? null : sentenceCase(first)}</p>
      <p class="muted">${because}</p>`;
  const list = html`<ul>
    ${what.map((each) => html`<li>${each}</li>`)}
  </ul>`;
  return html`<p class="row-title">${because}</p>
    ${what.length > longList ? fold(`${what.length} things`, list) : list}`;
}
