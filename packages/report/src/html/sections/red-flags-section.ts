import type { RedFlag, Review } from '@launch-ready/core';
import { count } from '../../words/count.ts';
import { redFlagWords } from '../../words/status-word.ts';
import { badge } from '../parts/badge.ts';
import { icon } from '../parts/icon.ts';
import { reason } from '../parts/reason.ts';
import type { Section } from '../parts/section.ts';
import { html, type Html } from '../template/html.ts';

const rank = { raised: 0, unanswered: 1, clear: 2 } as const;

const row = (flag: RedFlag): Html =>
  html`<li class="row">
    <div>
      <p class="row-title">${flag.statement}</p>
      <p class="muted">${flag.why}</p>
      <div class="small">${reason(flag.because)}</div>
    </div>
    ${badge(redFlagWords[flag.state])}
  </li>`;

/** Signs that more is wrong than one fix mends; null when the profile names none. */
export function redFlagsSection({ redFlags }: Review): Section | null {
  const flags = [...redFlags.flags].sort((a, b) => rank[a.state] - rank[b.state]);
  if (flags.length === 0) return null;
  return {
    id: 'red-flags',
    title: 'Red flags',
    note: String(redFlags.raised),
    body: html` ${
        redFlags.seniorEngineer &&
        html`<p class="notice bad">
          ${icon('!')}<span
            ><b>Bring in a senior engineer.</b> ${count(redFlags.raised, 'red flag is', 'red flags are')}
            raised; this profile asks for one at that number.</span
          >
        </p>`
      }
      <ul class="rows plain surface">
        ${flags.map(row)}
      </ul>`,
  };
}
