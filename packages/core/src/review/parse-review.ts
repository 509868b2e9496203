import * as z from 'zod';
import { oneLine } from '../judge/one-line.ts';
import { review, schemaVersion, type Review } from '../model/review.ts';

export type ParsedReview =
  | { readonly ok: true; readonly review: Review }
  /** One line, fit for a person: which field is wrong, or what to do. */
  | { readonly ok: false; readonly error: string };

const header = z.object({ schemaVersion: z.string().regex(/^\d+\.\d+$/) });

/**
 * Reads a saved review. A higher minor version is read (its additions are dropped); another major version is refused,
 * because what its fields mean is not known here.
 */
export function parseReview(value: unknown): ParsedReview {
  const head = header.safeParse(value);
  if (!head.success)
    return { ok: false, error: 'not a review: schemaVersion is missing or is not like "1.0"' };
  const found = head.data.schemaVersion;
  const [theirs, ours] = [majorOf(found), majorOf(schemaVersion)];
  if (theirs > ours) {
    return {
      ok: false,
      error: `the review has schemaVersion ${found}, newer than ${schemaVersion}: update launch-ready to read it`,
    };
  }
  if (theirs < ours) {
    return {
      ok: false,
      error: `the review has schemaVersion ${found}, older than ${schemaVersion}: judge its saved evidence again`,
    };
  }
  const parsed = review.safeParse({ ...Object(value), schemaVersion });
  if (parsed.success) return { ok: true, review: parsed.data };
  const [first] = parsed.error.issues;
  const field = first === undefined ? '' : first.path.map(String).join('.');
  return {
    ok: false,
    error: oneLine(`not a valid review: ${field || 'document'}: ${first?.message ?? 'unreadable'}`),
  };
}

const majorOf = (version: string): number => Number.parseInt(version, 10);
