import type { StatusWord } from '../../words/status-word.ts';
import { html, type Html } from '../template/html.ts';
import { icon } from './icon.ts';

/** A state as a sign and a word on its tone. */
export const badge = (status: StatusWord): Html =>
  html`<span class="badge ${status.tone}">${icon(status.sign)}${status.word}</span>`;
