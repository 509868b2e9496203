import type { Review } from '@launch-ready/core';
import { acceptanceWords } from '../../words/status-word.ts';
import { badge } from '../parts/badge.ts';
import { reason } from '../parts/reason.ts';
import type { Section } from '../parts/section.ts';
import { html } from '../template/html.ts';

/** The rules of the go or no-go decision; null when the profile has none. */
export function acceptanceSection({ acceptance }: Review): Section | null {
  if (acceptance.length === 0) return null;
  const met = acceptance.filter((rule) => rule.state === 'met').length;
  return {
    id: 'acceptance',
    title: 'Acceptance rules',
    note: `${met}/${acceptance.length}`,
    body: html`<ul class="rows plain surface">
      ${acceptance.map(
        (rule) =>
          html`<li class="row">
            <div>
              <p class="row-title">${rule.text}</p>
              ${reason(rule.because)}
            </div>
            ${badge(acceptanceWords[rule.state])}
          </li>`,
      )}
    </ul>`,
  };
}
