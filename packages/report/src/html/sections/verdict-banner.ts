import type { Review } from '@launch-ready/core';
import { moment } from '../../words/moment.ts';
import { verdictWords } from '../../words/status-word.ts';
import { scoreSentence } from '../../views/score-sentence.ts';
import { verdictReason } from '../../views/verdict-reason.ts';
import { icon } from '../parts/icon.ts';
import { html, type Html } from '../template/html.ts';
import { scoreRing } from './score-ring.ts';

/** The answer first: sign, word and sentence, with the score and what it rests on. */
export function verdictBanner(review: Review): Html {
  const { sign, word, tone } = verdictWords[review.verdict.kind];
  return html` <header class="banner ${tone}" id="verdict">
      <div class="banner-text">
        <p class="eyebrow">${review.profile.title} launch review · ${moment(review.run.startedAt)}</p>
        <p class="target">${review.target.name}</p>
        <h1><span class="sign">${icon(sign)}</span>${word}</h1>
        <p class="sentence">${verdictReason(review)}</p>
      </div>
      <div class="banner-score">
        ${scoreRing(review)}
        <p>${scoreSentence(review)}</p>
      </div>
    </header>
    ${interruption(review)}`;
}

const interruption = ({ run }: Review): Html | null =>
  run.interrupted === null
    ? null
    : html`<p class="notice" role="note">
        ${icon('!')}<span
          ><b>This run ended early:</b> ${run.interrupted}. What it had not examined by then is listed as not
          proven.</span
        >
      </p>`;
