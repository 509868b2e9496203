import type { HttpMethod, Operation } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { lastLiteral, literalSegments, mentions } from './operation-words.ts';

/** A way to log out. */
export interface LogoutRoute {
  readonly method: HttpMethod;
  readonly url: string;
  readonly operation: Operation | null;
}

const commonPaths = [
  '/api/auth/logout',
  '/auth/logout',
  '/api/logout',
  '/logout',
  '/api/auth/sign-out',
  '/api/v1/auth/logout',
];
const logoutName = /^(log|sign)out$/;

/** Ways to log out, those of the document first; guessed paths only when it names none. */
export function logoutRoutes({
  operations,
  target,
}: Pick<ProbeContext, 'operations' | 'target'>): readonly LogoutRoute[] {
  const declared = operations
    .filter(
      (operation) =>
        operation.method !== 'OPTIONS' && operation.method !== 'HEAD' && !operation.path.includes('{'),
    )
    .filter((operation) => logoutName.test(lastLiteral(operation.path)) || isSessionEnd(operation))
    .toSorted((a, b) => rank(a) - rank(b))
    .map((operation) => ({ method: operation.method, url: operation.origin + operation.path, operation }));
  if (declared.length > 0) return declared;
  return commonPaths.map((path) => ({
    method: 'POST',
    url: new URL(path, target.api).href,
    operation: null,
  }));
}

/** `DELETE /session` and its like, which name no session and so mean one's own. */
function isSessionEnd(operation: Operation): boolean {
  if (operation.method !== 'DELETE') return false;
  const last = lastLiteral(operation.path);
  if (last === 'session' || last === 'current')
    return literalSegments(operation.path).some((segment) => /session/i.test(segment));
  return last === 'sessions' && mentions(operation, /^(logout|signout)$/);
}

const rank = (operation: Operation): number =>
  operation.method === 'POST' ? 0 : operation.method === 'DELETE' ? 1 : 2;
