import type { ActorId, Operation } from '@launch-ready/core';
import { matchPath } from '../transport/path-template.ts';
import type { OutgoingRequest } from '../transport/transport.ts';
import type { Spoken, Wording } from './plain-request.ts';
import { spoken } from './spoken.ts';
import { isRecord, parsedJson } from './remote-values.ts';

/** Knows which addresses stand for calls of another protocol, also when a request does not name its operation. */
export interface WireDesk {
  add(operations: readonly Operation[]): void;
  /** The operation with a wire that a request is a call of, or null for plain HTTP. */
  operationOf(request: Pick<OutgoingRequest, 'method' | 'url' | 'operation'>): Operation | null;
  speak(operation: Operation | null, request: OutgoingRequest, wording: Wording): Spoken;
  /** In which words this operation is said first. */
  wordingOf(operation: Operation | null, actor: ActorId): Wording;
  /** Whether to say it once more in plainer words, because the server refused what stood beside the object asked for. */
  isWorthPlain(operation: Operation | null, actor: ActorId, bytes: Uint8Array): boolean;
}

export function createWireDesk(): WireDesk {
  const known = new Map<string, Operation>();
  const plainOnly = new Set<string>();
  const operationOf: WireDesk['operationOf'] = ({ method, url, operation }) => {
    if (operation?.wire) return operation;
    if (known.size === 0) return null;
    const at = /^([a-z]+:\/\/[^/?#]+)([^?#]*)/i.exec(url);
    const path = at?.[2] ?? '/';
    const fits = [...known.values()].filter(
      (one) => (one.origin === '' || one.origin === at?.[1]) && matchPath(one.path, path) !== null,
    );
    return fits.find((one) => one.method === method) ?? fits[0] ?? null;
  };
  return {
    add: (operations) => {
      for (const one of operations) if (one.wire) known.set(`${one.origin} ${one.id}`, one);
    },
    operationOf,
    speak: (operation, request, wording) =>
      spoken(
        operation,
        {
          method: request.method,
          url: request.url,
          headers: request.headers ?? [],
          body: request.body ?? null,
        },
        wording,
      ),
    wordingOf: (operation, actor) =>
      operation !== null && plainOnly.has(`${actor} ${operation.id}`) ? 'plain' : 'full',
    isWorthPlain: (operation, actor, bytes) => {
      const wire = operation?.wire;
      if (operation === null || wire?.kind !== 'graphql' || wire.plain === undefined) return false;
      const key = `${actor} ${operation.id}`;
      if (operation.method !== 'GET' || plainOnly.has(key)) return false;
      const value = parsedJson(new TextDecoder().decode(bytes));
      if (!isRecord(value) || !Array.isArray(value['errors'])) return false;
      const data = value['data'];
      if (isRecord(data) && data[wire.field] !== null && data[wire.field] !== undefined) return false;
      const refused = value['errors'].some(
        (error: unknown) =>
          isRecord(error) &&
          ((Array.isArray(error['path']) && error['path'].length > 1) ||
            (typeof error['message'] === 'string' &&
              /depth|complex|\bcost\b|too (many|large|deep|big)|Cannot query field/i.test(error['message']))),
      );
      if (refused) plainOnly.add(key);
      return refused;
    },
  };
}
