import type { JsonSchema } from '@launch-ready/core';
import type { ProtectedKind } from './protected-kind.ts';

type Scalar = string | number | boolean | null;

/** What a field held before, and two values of its type that it does not hold by itself. */
export interface TwoValues {
  readonly before: Scalar;
  readonly first: Scalar;
  readonly second: Scalar;
}

const isoDate = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$/;
const stateWords = ['approved', 'published', 'active'];
const planWords = ['enterprise', 'pro', 'premium'];

/**
 * Two harmless values that differ from what an untouched object holds, so that a default cannot be taken for a value of ours.
 * A boolean has but one other value, and stands for both. Null when the type leaves no choice.
 */
export function twoValues(
  kind: ProtectedKind,
  before: unknown,
  schema: JsonSchema,
  roles: readonly string[],
): TwoValues | null {
  if (typeof before === 'boolean') return { before, first: !before, second: !before };
  if (typeof before === 'number' && kind !== 'tenant' && kind !== 'owner')
    return { before, first: before + 7, second: before + 11 };
  if (kind === 'time') {
    if (before !== null && (typeof before !== 'string' || !isoDate.test(before))) return null;
    return { before, first: '2001-02-03T04:05:06.000Z', second: '2002-03-04T05:06:07.000Z' };
  }
  if (typeof before !== 'string' || kind === 'tenant' || kind === 'owner') return null;
  const listed = Array.isArray(schema.enum) ? schema.enum.filter((one) => typeof one === 'string') : [];
  const words =
    listed.length > 0 ? listed : kind === 'right' ? roles : kind === 'money' ? planWords : stateWords;
  const [first, second = first] = words.filter((word) => word !== before);
  if (first === undefined || second === undefined) return null;
  return kind === 'read-only' && listed.length === 0 ? null : { before, first, second };
}

/** Whether a field that was read holds this value, however dates are written. */
export function holds(read: unknown, value: Scalar): boolean {
  if (read === value) return true;
  if (typeof read !== 'string' || typeof value !== 'string' || !isoDate.test(value) || !isoDate.test(read))
    return false;
  return Date.parse(read) === Date.parse(value);
}
