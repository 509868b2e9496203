import type { LineResult, Review } from '@launch-ready/core';
import { lineWords } from '../../words/status-word.ts';
import { gates } from '../../views/gates.ts';
import { badge } from '../parts/badge.ts';
import { emptyNote } from '../parts/empty-note.ts';
import { lineLink } from '../parts/line-link.ts';
import { reason } from '../parts/reason.ts';
import type { Section } from '../parts/section.ts';
import { html, type Html } from '../template/html.ts';

/** The lines that decide: one failed stops the launch, one not proven keeps it from being go. */
export function gatesSection(review: Review): Section {
  const found = gates(review);
  const passed = found.filter((line) => line.status === 'pass').length;
  const card = (line: LineResult): Html =>
    html` <li class="gate ${lineWords[line.status].tone}">
      <div class="gate-head">
        <h3>${lineLink(review, line.id)}</h3>
        ${badge(lineWords[line.status])}
      </div>
      ${reason(line.because)}
    </li>`;
  return {
    id: 'gates',
    title: 'Gates',
    note: `${passed}/${found.length}`,
    lead: 'A failed gate stops the launch. A gate that is not proven keeps the verdict from being go.',
    body:
      found.length === 0
        ? emptyNote('This profile has no gates.')
        : html`<ul class="gates plain">
            ${found.map(card)}
          </ul>`,
  };
}
