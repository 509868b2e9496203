import { readFileSync } from 'node:fs';
import { parseReview, type Review } from '@launch-ready/core';
import { parseJson } from './parse-json.ts';
import { UserError } from '../user-error.ts';

/**
 * Reads a review.json.
 * @throws {UserError} when it cannot be read or is no review of a known version
 */
export function readReview(path: string): Review {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UserError(
      `${path} cannot be read: name a review.json that \`launch-ready review\` has written`,
    );
  }
  const parsed = parseReview(parseJson(text));
  if (!parsed.ok) throw new UserError(`${path}: ${parsed.error}`);
  return parsed.review;
}
