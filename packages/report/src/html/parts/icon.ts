import { html, type Html } from '../template/html.ts';

const shapes: Readonly<Record<string, Html>> = {
  '✓': html`<path d="M3.5 8.5l3 3 6-7" />`,
  '✗': html`<path d="M4 4l8 8M12 4l-8 8" />`,
  '?': html`<path d="M5 5.6a3 3 0 1 1 4.6 2.5C8.5 8.8 8 9.3 8 10.3M8 13.1v.1" />`,
  '–': html`<path d="M4 8h8" />`,
  '!': html`<path d="M8 3.5v5.5M8 12.2v.2" />`,
};

/** A sign drawn as strokes, so that it looks the same in every font; the word beside it says the same. */
export const icon = (sign: string): Html =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${shapes[sign]}</svg>`;
