import type { Review } from '@launch-ready/core';
import { verdictWords } from '../words/status-word.ts';
import { icon } from './parts/icon.ts';
import type { Section } from './parts/section.ts';
import { html, type Html } from './template/html.ts';

/** The contents: beside the report on a wide screen, a row above it on a narrow one. */
export function contents(review: Review, sections: readonly Section[]): Html {
  const { sign, word, tone } = verdictWords[review.verdict.kind];
  return html` <nav class="contents" aria-label="Contents">
    <p class="brand">
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <rect x="1" y="1" width="18" height="18" rx="5" />
        <path d="M5.5 10.5l3 3 6-7" /></svg
      >Launch Ready
    </p>
    <ul class="plain">
      <li>
        <a href="#verdict"><span>Verdict</span><span class="note ${tone}">${icon(sign)}${word}</span></a>
      </li>
      ${sections.map(
        (section) =>
          html`<li>
            <a href="#${section.id}"
              ><span>${section.title}</span><span class="note">${section.note}</span></a
            >
          </li>`,
      )}
    </ul>
  </nav>`;
}
