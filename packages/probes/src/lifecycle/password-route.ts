import type { Operation } from '@launch-ready/core';
import { bodyFields, literalSegments, wordsOf } from './operation-words.ts';

/** An operation that changes one's own password, with the names of its fields. */
export interface PasswordRoute {
  readonly operation: Operation;
  readonly currentField: string;
  readonly newField: string;
  readonly repeatFields: readonly string[];
}

const current = /^(current|old|existing|previous|present)/;
const repeat = /(confirm|confirmation|repeat|again|verify)/;
const password = /(password|passwd|pwd|passphrase)/;

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/** Finds the operation by its body, which must ask for the present and for a new password; null when there is none. */
export function passwordRoute(operations: readonly Operation[]): PasswordRoute | null {
  for (const operation of operations) {
    if (!['POST', 'PUT', 'PATCH'].includes(operation.method) || operation.path.includes('{')) continue;
    const words = literalSegments(operation.path).flatMap(wordsOf);
    if (words.some((word) => /^(forgot|forgotten|recover|recovery|login|signup|register)$/.test(word)))
      continue;
    const names = bodyFields(operation).map((field) => field.name);
    const currentField =
      names.find((name) => current.test(plain(name)) && password.test(plain(name))) ??
      names.find((name) => /password(current|old)$/.test(plain(name)));
    if (currentField === undefined) continue;
    const others = names.filter((name) => name !== currentField && password.test(plain(name)));
    const newField =
      others.find((name) => /new/.test(plain(name)) && !repeat.test(plain(name))) ??
      others.find((name) => !repeat.test(plain(name)));
    if (newField === undefined) continue;
    return { operation, currentField, newField, repeatFields: others.filter((name) => name !== newField) };
  }
  return null;
}
