import { html, type Html } from '../template/html.ts';

/** Evidence ids as they are named in the evidence folder. */
export const citations = (ids: readonly string[]): Html =>
  ids.length === 0
    ? html`<span class="muted">no evidence cited</span>`
    : html`<span class="citations">${ids.map((id) => html`<code>${id}</code> `)}</span>`;
