import type { HttpMethod, Operation } from '@launch-ready/core';
import { matchPath } from '../transport/path-template.ts';

/** Operations that are spoken otherwise than they are addressed, by their origin; what was learned last counts. */
const known = new Map<string, Map<string, Operation>>();

/** Remembers which addresses stand for calls of another protocol, for all that writes down how a request is made. */
export function rememberCalls(operations: readonly Operation[]): void {
  for (const one of operations) {
    if (!one.wire) continue;
    const here = known.get(one.origin) ?? new Map<string, Operation>();
    known.set(one.origin, here);
    here.set(one.id, one);
  }
}

/** The operation that this address stands for; undefined when it is the address of something in plain HTTP. */
export function callAt(method: HttpMethod, url: string): Operation | undefined {
  const at = /^([a-z]+:\/\/[^/?#]+)([^?#]*)/i.exec(url);
  const here = known.get(at?.[1] ?? '');
  if (!here) return undefined;
  return [...here.values()].find(
    (one) => one.method === method && matchPath(one.path, at?.[2] ?? '/') !== null,
  );
}
