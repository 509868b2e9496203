import type { CheckResult, Review } from '@launch-ready/core';
import { grouped } from '../../words/count.ts';
import { checkWords } from '../../words/status-word.ts';
import { sentenceCase } from '../../words/sentence-case.ts';
import { citations } from '../parts/citations.ts';
import { emptyNote } from '../parts/empty-note.ts';
import { fold } from '../parts/fold.ts';
import { icon } from '../parts/icon.ts';
import type { Section } from '../parts/section.ts';
import { html, type Html } from '../template/html.ts';

const groups = [
  { status: 'fail', title: 'Failed' },
  { status: 'error', title: 'Broke while judging' },
  { status: 'unknown', title: 'Not proven' },
  { status: 'pass', title: 'Passed' },
  { status: 'not-applicable', title: 'Not applicable' },
] as const satisfies readonly { status: CheckResult['status']; title: string }[];

const row = (check: CheckResult): Html =>
  html` <li class="row stacked">
    <div>
      <p class="row-title">${check.title} <code class="muted">${check.id}</code></p>
      <p class="muted">${sentenceCase(check.because)}</p>
    </div>
    <p>${citations(check.evidence)}</p>
  </li>`;

/** Every check with the evidence its answer rests on, folded by answer. */
export function checksSection({ checks }: Review): Section {
  const part = ({ status, title }: (typeof groups)[number]): Html | null => {
    const found = checks.filter((check) => check.status === status);
    if (found.length === 0) return null;
    const { sign, tone } = checkWords[status];
    const heading = html`<span class="fold-sign ${tone}">${icon(sign)}</span>${title}
      <span class="muted">${grouped(found.length)}</span>`;
    return fold(
      heading,
      html`<ul class="rows plain">
        ${found.map(row)}
      </ul>`,
    );
  };
  return {
    id: 'checks',
    title: 'Checks and their evidence',
    note: `${checks.filter((check) => check.status === 'pass').length}/${checks.length}`,
    lead: 'A pass counts only with evidence. Ids name records in the evidence folder of the run: x for one request and its answer, e for a whole record.',
    body:
      checks.length === 0
        ? emptyNote('No check ran.')
        : html`<div class="surface folds">${groups.map(part)}</div>`,
  };
}
