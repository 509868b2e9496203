import type { Review } from '@launch-ready/core';
import { waiverWords } from '../../words/status-word.ts';
import { badge } from '../parts/badge.ts';
import { dataTable } from '../parts/data-table.ts';
import { findingLink } from '../parts/finding-link.ts';
import type { Section } from '../parts/section.ts';
import { html } from '../template/html.ts';

/** Findings that a person accepted for a time; null when there are none. */
export function waiversSection(review: Review): Section | null {
  if (review.waivers.length === 0) return null;
  return {
    id: 'waivers',
    title: 'Waivers',
    note: String(review.waivers.length),
    lead: 'Findings that a person accepted until a day. An expired waiver accepts nothing.',
    body: dataTable(
      [
        { title: 'Finding' },
        { title: 'State' },
        { title: 'Reason' },
        { title: 'Owner' },
        { title: 'Expires' },
      ],
      review.waivers.map((each) => [
        findingLink(review, each.finding),
        badge(waiverWords[each.state]),
        html`${each.reason}<br /><span class="muted">${each.because}</span>`,
        each.owner,
        each.expires,
      ]),
    ),
  };
}
