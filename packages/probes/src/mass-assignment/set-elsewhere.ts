import type { Actor, Operation } from '@launch-ready/core';
import { declaredMatrix } from '../roles/declared-right.ts';
import type { Resource } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';
import { plainName, writableNames } from './candidate-fields.ts';

/** Names that many products let callers set: alone they say nothing of whose they are. */
const soft = /^(status|state|featured|isfeatured|pinned|ispinned|published|ispublished|active|isactive)$/;
const verb =
  /^(approve|publish|unpublish|feature|unfeature|pin|unpin|close|reopen|resolve|activate|deactivate|moderate|review|transition|status|state|featured|pinned|published|active)$/;

export const isSoftState = (name: string): boolean => soft.test(plainName(name));

/** Operations, other than the ordinary changes, that set this field of an object, by what they take or what they are called. */
const setters = (resource: Resource, name: string): readonly Operation[] =>
  resource.below.filter(
    (one) =>
      one.method !== 'GET' &&
      (writableNames([one]).has(plainName(name)) ||
        verb.test(one.path.split('/').at(-1)?.toLowerCase() ?? '')),
  );

/** Whether only others than this actor set the field, by an operation of its own that is denied to the actor's role. */
export function isSetByOthers(workshop: Workshop, resource: Resource, name: string, actor: Actor): boolean {
  const { context, capabilities } = workshop;
  const matrix = declaredMatrix(context.target, context.operations);
  const cells = context.evidence('roleMatrix')?.cells ?? [];
  return setters(resource, name).some(
    (one) =>
      matrix.right(one, actor.role) === 'denied' ||
      capabilities.get(`${one.id} ${actor.id}`)?.state === 'denied' ||
      cells.some(
        ({ operation, role, observed }) =>
          operation === one.id && role === actor.role && observed === 'denied',
      ),
  );
}
