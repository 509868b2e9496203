import type { Delivery } from '../cross-tenant/courier.ts';
import { isJsonObject } from './json-scalars.ts';

/** Whether two answers hold JSON with the same names at the top, or lists of such. */
export function sameShape(a: Delivery, b: Delivery): boolean {
  if (a.kind !== 'answer' || b.kind !== 'answer') return false;
  return shape(a.json()) === shape(b.json());
}

const shape = (value: unknown): string => {
  if (Array.isArray(value)) return `[${shape(value[0])}]`;
  return isJsonObject(value) ? Object.keys(value).toSorted().join(',') : typeof value;
};
