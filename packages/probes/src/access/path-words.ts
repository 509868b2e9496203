import type { Operation } from '@launch-ready/core';

const createWord = /^(create|new|add)$/i;

/** Whether a segment of a path template takes a value. */
export const isSlot = (segment: string): boolean => /^\{[^}]+\}$/.test(segment);

/** Segments of a path, without its query. */
export const segmentsOf = (path: string): readonly string[] =>
  (path.split('?')[0] ?? '').split('/').filter((segment) => segment !== '');

/** A path whose slots have no names, to compare templates by. */
export const shapeOf = (segments: readonly string[]): string =>
  `/${segments.map((one) => (isSlot(one) ? '{}' : one.toLowerCase())).join('/')}`;

/** The last segment that takes no value. */
export const lastLiteral = (segments: readonly string[]): string =>
  segments.findLast((one) => !isSlot(one)) ?? '';

/** Collection that a POST creates into: its path, without a closing `create`. */
export function collectionOf(operation: Operation): readonly string[] {
  const segments = segmentsOf(operation.path);
  return createWord.test(segments.at(-1) ?? '') ? segments.slice(0, -1) : segments;
}
