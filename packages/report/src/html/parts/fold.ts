import { html, type Html, type HtmlValue } from '../template/html.ts';

/** Something to open by choice; it is unfolded on paper. */
export const fold = (title: HtmlValue, body: HtmlValue): Html =>
  html`<details class="fold">
    <summary>${title}</summary>
    <div class="fold-body">${body}</div>
  </details>`;
