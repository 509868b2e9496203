import type { Review } from '@launch-ready/core';
import { dataTable } from '../parts/data-table.ts';
import type { Section } from '../parts/section.ts';
import { html } from '../template/html.ts';

/** What people signed for because no probe can see it; null when nobody did. */
export function attestationsSection({ attestations }: Review): Section | null {
  if (attestations.length === 0) return null;
  return {
    id: 'attestations',
    title: 'Attestations',
    note: String(attestations.length),
    lead: 'Signed answers of people to what no probe can see. They were not tested.',
    body: dataTable(
      [{ title: 'Question' }, { title: 'Answer' }, { title: 'By' }, { title: 'On' }, { title: 'Note' }],
      attestations.map((each) => [
        html`<code>${each.question}</code>`,
        each.answer === 'yes' ? 'Yes' : 'No',
        each.by,
        each.on,
        each.note ?? '–',
      ]),
    ),
  };
}
