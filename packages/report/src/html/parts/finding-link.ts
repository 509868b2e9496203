import type { Review } from '@launch-ready/core';
import { anchor } from '../template/anchor.ts';
import { html, type Html } from '../template/html.ts';

/** The title of a finding of this review as a link to it; only the fingerprint when the review does not hold it. */
export function findingLink(review: Review, id: string): Html {
  const finding = review.findings.find((each) => each.id === id);
  if (finding === undefined) return html`<code>${id}</code>`;
  return html`<a href="#${anchor('finding', id)}">${finding.title}</a>`;
}
