import type { Review } from '@launch-ready/core';
import { html, type Html } from '../template/html.ts';

const around = 2 * Math.PI * 52;

const arc = (kind: string, share: number): Html =>
  html`<circle
    class="${kind}"
    cx="60"
    cy="60"
    r="52"
    stroke-dasharray="${(share * around).toFixed(2)} ${around.toFixed(2)}"
    transform="rotate(-90 60 60)"
  />`;

/** The score in a ring; without a score the ring shows how much was judged, in the tone of what is not proven. */
export function scoreRing({ score }: Review): Html {
  const { judged, of } = score.coverage;
  const share = score.value === null ? (of === 0 ? 0 : judged / of) : score.value / 100;
  const label = score.value === null ? 'no score' : 'of 100';
  return html` <svg
    class="ring"
    viewBox="0 0 120 120"
    role="img"
    aria-label="${score.value === null ? 'No score' : `Score ${score.value} of 100`}"
  >
    <circle class="track" cx="60" cy="60" r="52" />
    ${share > 0 && arc(score.value === null ? 'judged' : 'score', Math.min(1, share))}
    <text x="60" y="64" class="value">${score.value ?? '–'}</text>
    <text x="60" y="84" class="unit">${label}</text>
  </svg>`;
}
