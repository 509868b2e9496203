import type { Operation } from '@launch-ready/core';
import { isObject } from './parse-document.ts';

/**
 * What `security` says of an operation. Its own empty list says "for everybody"; a list that also allows nothing leaves it
 * open; an empty list for the whole document is more often an oversight than a statement.
 */
export function declaredAuth(own: unknown, general: unknown): Operation['declaredAuth'] {
  if (Array.isArray(own))
    return own.every(isNothing) ? 'public' : own.some(isNothing) ? 'unstated' : 'required';
  return Array.isArray(general) && general.length > 0 && !general.some(isNothing) ? 'required' : 'unstated';
}

const isNothing = (requirement: unknown): boolean =>
  isObject(requirement) && Object.keys(requirement).length === 0;
