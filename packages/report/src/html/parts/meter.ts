import type { Tone } from '../../words/status-word.ts';
import { html, type Html } from '../template/html.ts';

export interface Share {
  readonly tone: Tone | 'critical' | 'high' | 'medium' | 'low' | 'info';
  readonly value: number;
}

/** A bar cut into shares; the numbers stand beside it in words. */
export const meter = (shares: readonly Share[]): Html =>
  html`<div class="meter" aria-hidden="true">
    ${shares
      .filter((share) => share.value > 0)
      .map((share) => html`<span class="${share.tone}" style="flex-grow: ${share.value}"></span>`)}
  </div>`;
