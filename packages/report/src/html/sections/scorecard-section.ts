import type { Review } from '@launch-ready/core';
import { emptyNote } from '../parts/empty-note.ts';
import type { Section } from '../parts/section.ts';
import { html } from '../template/html.ts';
import { scorecardLine } from './scorecard-line.ts';

/** Every line of the profile with what was asked, what was seen and what follows. */
export function scorecardSection(review: Review): Section {
  const { lines } = review;
  return {
    id: 'scorecard',
    title: 'Scorecard',
    note: `${lines.filter((line) => line.status === 'pass').length}/${lines.length}`,
    lead: 'Open a line for its checks, why it matters and what breaks without it.',
    body:
      lines.length === 0
        ? emptyNote('The profile has no lines.')
        : html`<div class="surface">
            <div class="scorecard-head" aria-hidden="true">
              <span></span><span>Line and criterion</span><span>What was seen</span><span>Result</span>
            </div>
            <ol class="scorecard plain">
              ${lines.map((line, at) => scorecardLine(review, line, at + 1))}
            </ol>
          </div>`,
  };
}
