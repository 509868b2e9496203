import type { Review } from '@launch-ready/core';
import { lineTitle } from '../../views/line-title.ts';
import { anchor } from '../template/anchor.ts';
import { html, type Html } from '../template/html.ts';

/** The title of a scorecard line as a link to it. */
export const lineLink = (review: Review, id: string): Html =>
  html`<a href="#${anchor('line', id)}">${lineTitle(review, id)}</a>`;
