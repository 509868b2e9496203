import type { Operation } from '@launch-ready/core';
import { bodyFields, lastLiteral, literalSegments } from './operation-words.ts';

const everywhere =
  /^((log|sign)out(all|everywhere|alldevices|allsessions|others|otherdevices)|revoke(all|allsessions|sessions|othersessions|others)|endall(sessions)?)$/;

/** The operation that ends every session of one's own account; null when there is none. */
export function logoutEverywhereRoute(operations: readonly Operation[]): Operation | null {
  const own = operations.filter(
    (one) => !one.path.includes('{') && !bodyFields(one).some(({ required }) => required),
  );
  return (
    own.find(({ method, path }) => method === 'POST' && everywhere.test(joined(path))) ??
    own.find(({ method, path }) => method === 'POST' && everywhere.test(lastLiteral(path))) ??
    own.find(({ method, path }) => method === 'DELETE' && /^(sessions|devices)$/.test(lastLiteral(path))) ??
    null
  );
}

/** `sessions/revoke-all` and `logout/all` read like `revokeall` and `logoutall`. */
const joined = (path: string): string =>
  literalSegments(path)
    .slice(-2)
    .join('')
    .toLowerCase()
    .replace(/[^a-z\d]/g, '')
    .replace(/^(sessions|session|auth|me)/, '');
