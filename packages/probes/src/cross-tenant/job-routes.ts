import type { Operation } from '@launch-ready/core';
import { jsonScalars } from '../plant/json-scalars.ts';
import type { Workshop } from '../plant/workshop.ts';
import { fillPath, matchPath } from '../transport/path-template.ts';
import type { Answer } from '../transport/transport.ts';

const startsWork =
  /(^|[/_-])(exports?|jobs|reports?|dumps?|archives?|downloads?|takeouts?)(\/(start|run|create|new))?$/i;
const readsWork =
  /(^|[/_-])(exports?|jobs?|reports?|dumps?|archives?|downloads?|takeouts?|tasks?|operations?|results?)\/\{[^}]+\}(\/(result|file|download|content))?$/i;
const jobId = /^(id|_id|uuid|(job|export|task|report|operation|download|request)_?id)$/i;

/**
 * Operations that start work in the background. Its results stay, so that short of full mode they are started only with leave, or
 * where they can be removed.
 */
export function jobStarts({ context, graph, objects }: Workshop): readonly Operation[] {
  const { operations, mode, target } = context;
  const planted = new Set(objects.map(({ resource }) => resource.create?.id));
  const hasResult = operations.some(({ method, path }) => method === 'GET' && readsWork.test(path));
  if (!hasResult) return [];
  return operations
    .filter(
      (one) =>
        one.method === 'POST' &&
        startsWork.test(one.path) &&
        !planted.has(one.id) &&
        graph.boundSlots(one).every(({ required, referent }) => !required || referent.startsWith('scope ')) &&
        (mode === 'full' ||
          target.allow.operations.includes(one.id) ||
          operations.some(({ method, path }) => method === 'DELETE' && readsWork.test(path))),
    )
    .slice(0, 3);
}

/** Where the result of work is to be had, from the answer that started it: an address in it, or its id. */
export function jobAt(
  { context: { operations, target } }: Workshop,
  answer: Answer,
): {
  readonly operation: Operation;
  readonly url: string;
  readonly id: string;
  readonly removedBy: Operation | null;
} | null {
  const scalars = jsonScalars(answer.json());
  const reads = operations.filter(({ method, path }) => method === 'GET' && readsWork.test(path));
  const removedBy = (path: string): Operation | null =>
    operations.find((one) => one.method === 'DELETE' && one.path === path) ?? null;
  const addresses = [
    answer.header('location'),
    ...scalars.map(({ value }) => (typeof value === 'string' && /^(https?:|\/)/.test(value) ? value : null)),
  ];
  for (const address of addresses) {
    if (address === null || !URL.canParse(address, target.api)) continue;
    const url = new URL(address, target.api);
    for (const operation of reads) {
      const id = Object.values(matchPath(operation.path, url.pathname)?.values ?? {}).at(-1);
      if (id !== undefined && url.origin === new URL(operation.origin).origin)
        return { operation, url: url.href, id, removedBy: removedBy(operation.path) };
    }
  }
  const id = scalars.find(
    ({ key, value }) => jobId.test(key) && (typeof value === 'string' || typeof value === 'number'),
  )?.value;
  if (id === undefined || id === null) return null;
  for (const operation of reads) {
    const slots = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
    const [slot] = slots;
    const path =
      slots.length === 1 && slot !== undefined ? fillPath(operation.path, { [slot]: String(id) }) : null;
    if (path !== null)
      return {
        operation,
        url: operation.origin + path,
        id: String(id),
        removedBy: removedBy(operation.path),
      };
  }
  return null;
}
