import type { Review } from '@launch-ready/core';
import type { Section } from '../parts/section.ts';
import { html } from '../template/html.ts';

/** What can be done today without help; null when there is nothing. */
export function todaySection({ today }: Review): Section | null {
  if (today.length === 0) return null;
  return {
    id: 'today',
    title: 'Today',
    note: String(today.length),
    lead: 'What can be done today without help.',
    body: html`<ul class="todo plain surface">
      ${today.map(
        (each) =>
          html`<li>
            <span class="box" aria-hidden="true"></span>
            <div>
              <p class="row-title">${each.title}</p>
              <p class="muted">${each.how}</p>
            </div>
          </li>`,
      )}
    </ul>`,
  };
}
