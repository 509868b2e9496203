import { review } from '@launch-ready/core';
import { describe, expect, it } from 'vitest';
import { buildReview } from '../fixtures/build-review.ts';
import { goReview } from '../fixtures/go-review.ts';
import { noGoReview } from '../fixtures/no-go-review.ts';
import { notProvenReview } from '../fixtures/not-proven-review.ts';
import { renderJson } from '../index.ts';

describe('renderJson', () => {
  it.each([noGoReview, notProvenReview, goReview])('loses nothing and fits the schema', (each) => {
    expect(review.parse(JSON.parse(renderJson(each)))).toEqual(each);
  });

  it('is indented by two spaces and ends with a line feed', () => {
    expect(renderJson(goReview)).toMatch(/^\{\n {2}"schemaVersion": "1\.0",\n/);
    expect(renderJson(goReview).endsWith('}\n')).toBe(true);
  });

  it('gives the same bytes in whatever order the fields were set', () => {
    const backwards = Object.fromEntries(Object.entries(noGoReview).toReversed());
    expect(renderJson(buildReview(backwards))).toBe(renderJson(noGoReview));
  });

  it('sorts origins by name', () => {
    const { target } = goReview;
    const one = buildReview({
      target: { ...target, origins: { b: 'http://127.0.0.1:2', a: 'http://127.0.0.1:1' } },
    });
    const other = buildReview({
      target: { ...target, origins: { a: 'http://127.0.0.1:1', b: 'http://127.0.0.1:2' } },
    });
    expect(renderJson(one)).toBe(renderJson(other));
  });
});
