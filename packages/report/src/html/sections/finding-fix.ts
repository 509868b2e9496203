import type { Fix } from '@launch-ready/core';
import { icon } from '../parts/icon.ts';
import { html, type Html } from '../template/html.ts';

/** How to mend it: in short, step by step, and what can be done before that. */
export const findingFix = (fix: Fix): Html =>
  html` <div class="block">
    <h4>Fix <span class="tag">Takes ${fix.effort}</span></h4>
    <p>${fix.summary}</p>
    ${
      fix.steps.length > 0 &&
      html`<ol class="steps-list">
        ${fix.steps.map((step) => html`<li>${step}</li>`)}
      </ol>`
    }
    ${
      fix.today !== null &&
      html`<p class="today-note">
        ${icon('!')}<span><b>Today:</b> ${fix.today}</span>
      </p>`
    }
  </div>`;
