import type { Review } from '@launch-ready/core';
import { sentenceCase } from '../../words/sentence-case.ts';
import { dataTable } from '../parts/data-table.ts';
import { emptyNote } from '../parts/empty-note.ts';
import type { Section } from '../parts/section.ts';
import { html } from '../template/html.ts';

/** What the run created and could not remove. */
export function leftoversSection({ leftovers }: Review): Section {
  return {
    id: 'leftovers',
    title: 'Left behind',
    note: String(leftovers.length),
    lead:
      leftovers.length > 0 &&
      html`The run created these and could not remove them. <code>launch-ready cleanup</code> tries again.`,
    body:
      leftovers.length === 0
        ? emptyNote('The review lists nothing that the run created and could not remove.')
        : dataTable(
            [{ title: 'Object' }, { title: 'Type' }, { title: 'Owner' }, { title: 'Because' }],
            leftovers.map((each) => [
              html`<code>${each.ref}</code>`,
              each.type,
              each.owner,
              sentenceCase(each.because),
            ]),
          ),
  };
}
