import { html, type Html } from '../template/html.ts';

/** What stands where a section has nothing to show. */
export const emptyNote = (text: string): Html => html`<p class="empty">${text}</p>`;
