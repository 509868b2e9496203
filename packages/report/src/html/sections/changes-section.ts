import type { Review } from '@launch-ready/core';
import { grouped } from '../../words/count.ts';
import { findingLink } from '../parts/finding-link.ts';
import type { Section } from '../parts/section.ts';
import { html, type Html } from '../template/html.ts';

/** What is new, fixed or the same since the baseline; null without a baseline. */
export function changesSection(review: Review): Section | null {
  const { changes } = review;
  if (changes === null) return null;
  const part = (title: string, ids: readonly string[]): Html =>
    html` <div class="change surface">
      <h3>${title} <span class="muted">${grouped(ids.length)}</span></h3>
      ${
        ids.length === 0
          ? html`<p class="muted">None</p>`
          : html`<ul>
              ${ids.map((id) => html`<li>${findingLink(review, id)}</li>`)}
            </ul>`
      }
    </div>`;
  return {
    id: 'changes',
    title: 'Changes since the baseline',
    note: `+${changes.new.length} −${changes.fixed.length}`,
    lead: html`Compared with run <code>${changes.against}</code>.`,
    body: html`<div class="changes">
      ${part('New', changes.new)}${part('Fixed', changes.fixed)}${part('Still there', changes.same)}
    </div>`,
  };
}
