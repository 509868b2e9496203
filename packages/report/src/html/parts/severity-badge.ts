import type { Severity } from '@launch-ready/core';
import { severityWords } from '../../words/status-word.ts';
import { html, type Html } from '../template/html.ts';

/** The severity as a word beside a scale of four steps. */
export const severityBadge = (severity: Severity): Html =>
  html`<span class="severity ${severity}"
    ><span class="steps" aria-hidden="true"><i></i><i></i><i></i><i></i></span
    >${severityWords[severity]}</span
  >`;
