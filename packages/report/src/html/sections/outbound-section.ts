import type { Review } from '@launch-ready/core';
import { outboundWords } from '../../views/outbound-words.ts';
import type { Section } from '../parts/section.ts';
import { html } from '../template/html.ts';

/** What may have left the target because of the run; no section when nothing did. */
export function outboundSection(review: Review): Section | null {
  const words = outboundWords(review);
  if (words.length === 0) return null;
  return {
    id: 'outbound',
    title: 'Sent outside',
    note: String(words.length),
    lead: 'What may have left the target because of this run.',
    body: html`<ul>
      ${words.map((each) => html`<li>${each}</li>`)}
    </ul>`,
  };
}
