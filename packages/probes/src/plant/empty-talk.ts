import type { Delivery } from '../cross-tenant/courier.ts';
import { isJsonObject } from './json-scalars.ts';

/** Whether an answer says nothing of anybody: an empty list, a page without data, `{ success: false }`. */
export function isEmptyTalk(answer: Delivery): boolean {
  if (answer.kind !== 'answer') return true;
  const json = answer.json();
  if (json === undefined) return /^\s*(<!doctype|<html)/i.test(answer.text) || answer.text.trim() === '';
  if (json === null || (Array.isArray(json) && json.length === 0)) return true;
  if (!isJsonObject(json)) return false;
  if (json.success === false || json.ok === false || 'error' in json || 'errors' in json) return true;
  return Object.values(json).every(
    (value) => value === null || value === 0 || value === '' || (Array.isArray(value) && value.length === 0),
  );
}
