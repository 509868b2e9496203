import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { judgeReview } from '../judge/judge-review.ts';
import { sampleInput } from '../judge/judge-sample.ts';
import { review } from '../model/review.ts';
import { reviewJsonSchema } from './review-json-schema.ts';

const good: Readonly<Record<string, unknown>> = judgeReview(sampleInput());
/** The published schema, read back by a validator: what it loses on the way would be seen below. */
const published = z.fromJSONSchema(reviewJsonSchema());

describe('the JSON schema of a review', () => {
  it('names every field of the document and requires each', () => {
    expect(reviewJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: Object.keys(good),
      properties: Object.fromEntries(Object.keys(good).map((name) => [name, expect.any(Object)])),
    });
  });

  it('accepts a judged review', () => {
    expect(published.safeParse(good).error).toBeUndefined();
    expect(review.safeParse(good).success).toBe(true);
  });

  it.each<[string, object]>([
    ['another version', { schemaVersion: '2.0' }],
    [
      'a status that is none',
      { verdict: { kind: 'maybe', sentence: '', failedGates: [], unknownGates: [] } },
    ],
    ['a score above 100', { score: { value: 101, coverage: { judged: 1, of: 1 } } }],
    ['a check that cites no id', { checks: [{ ...judgeReview(sampleInput()).checks[0], evidence: ['y1'] }] }],
    ['no lines', { lines: undefined }],
  ])('refuses %s, as the model does', (_, change) => {
    const broken: unknown = JSON.parse(JSON.stringify({ ...good, ...change }));
    expect(published.safeParse(broken).success).toBe(false);
    expect(review.safeParse(broken).success).toBe(false);
  });
});
