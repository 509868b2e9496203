import { clauses } from '../../views/clauses.ts';
import { html, type Html } from '../template/html.ts';
import { fold } from './fold.ts';

/** So many statements of a reason stand open; the rest is a fold. */
const shown = 2;

const paragraphs = (texts: readonly string[]): Html => html`${texts.map((text) => html`<p>${text}</p>`)}`;

/** A reason, statement by statement. */
export function reason(because: string): Html {
  const all = clauses(because);
  const rest = all.slice(shown);
  return html`<div class="reason">
    ${paragraphs(all.slice(0, shown))}${rest.length > 0 && fold(`${rest.length} more`, paragraphs(rest))}
  </div>`;
}

/** The beginning of a reason for a row that itself unfolds, where the rest is. */
export function shortReason(because: string): Html {
  const all = clauses(because);
  const rest = all.length - shown;
  return html`<span class="reason"
    >${all.slice(0, shown).map((text) => html`<span>${text}</span>`)}${rest > 0 && html`<span class="muted">and ${rest} more</span>`}</span
  >`;
}
