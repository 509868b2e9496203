import type { Review } from '@launch-ready/core';
import { emptyNote } from '../parts/empty-note.ts';
import type { Section } from '../parts/section.ts';
import { html } from '../template/html.ts';

/** What this review says nothing about, and what would make it testable. */
export function notTestedSection({ coverage: { notTested } }: Review): Section {
  return {
    id: 'not-tested',
    title: 'Not tested',
    note: String(notTested.length),
    lead: notTested.length > 0 && 'This review says nothing about the following.',
    body:
      notTested.length === 0
        ? emptyNote('Nothing was recorded as left out.')
        : html`<ul class="rows plain surface">
            ${notTested.map(
              (each) =>
                html`<li class="row stacked">
                  <div>
                    <p class="row-title">${each.what}</p>
                    <p class="muted">${each.because}</p>
                  </div>
                  <p class="testable">
                    <span class="label">To test it</span>${each.testableBy ?? 'No way is known yet.'}
                  </p>
                </li>`,
            )}
          </ul>`,
  };
}
