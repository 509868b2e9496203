import type { PlanStep, Review } from '@launch-ready/core';
import { planWindows, type PlanWindow } from '../../views/plan-windows.ts';
import { findingLink } from '../parts/finding-link.ts';
import { lineLink } from '../parts/line-link.ts';
import { reason } from '../parts/reason.ts';
import type { Section } from '../parts/section.ts';
import { html, type Html } from '../template/html.ts';

const percent = (hours: number, of: number): string => `${((hours / of) * 100).toFixed(2)}%`;

/** The 48 hours as windows in which each step makes the next one safer; null when nothing is planned. */
export function planSection(review: Review): Section | null {
  if (review.plan.length === 0) return null;
  const hours = Math.max(48, ...review.plan.map((step) => step.toHour));
  return {
    id: 'plan',
    title: '48-hour plan',
    note: String(review.plan.length),
    lead: 'Windows of hours from the start of the work; each makes the next one safer.',
    body: html`<ol class="timeline plain">
      ${planWindows(review.plan).map((each) => windowMarkup(review, each, hours))}
    </ol>`,
  };
}

const windowMarkup = (review: Review, { fromHour, toHour, steps }: PlanWindow, hours: number): Html =>
  html` <li class="window">
    <div class="window-hours">
      <b>Hour ${fromHour}–${toHour}</b>
      <span class="track" aria-hidden="true"
        ><i
          style="left: ${percent(fromHour, hours)}; width: ${percent(Math.max(toHour - fromHour, 0.5), hours)}"
        ></i
      ></span>
    </div>
    <div class="window-steps">${steps.map((step) => stepMarkup(review, step))}</div>
  </li>`;

const stepMarkup = (review: Review, step: PlanStep): Html =>
  html` <article class="plan-step">
    <h3>${step.title}</h3>
    ${reason(step.because)}
    ${
      step.steps.length > 0 &&
      html`<ol class="steps-list">
        ${step.steps.map((each) => html`<li>${each}</li>`)}
      </ol>`
    }
    <p class="small">Mends ${step.lines.map((id, at) => html`${at > 0 && ', '}${lineLink(review, id)}`)}</p>
    ${
      step.findings.length > 0 &&
      html`<ul class="small">
        ${step.findings.map((id) => html`<li>${findingLink(review, id)}</li>`)}
      </ul>`
    }
  </article>`;
