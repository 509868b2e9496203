import type { Operation } from '@launch-ready/core';
import type { Resource } from './resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';

/**
 * Operations elsewhere in the application whose path takes the id of an object of this kind, after which no other kind of
 * ours comes: `/reports/{post}`, `/files/{file}/download` beside `/uploads`.
 */
export function consumersOf({ graph }: Pick<Workshop, 'graph'>, resource: Resource): readonly Operation[] {
  const family = new Set(
    graph.resources
      .filter(({ create }) => create !== null)
      .flatMap((one) =>
        [one.create, one.read, one.remove, ...one.lists, ...one.updates, ...one.below].map((own) => own?.id),
      ),
  );
  return graph.operations.filter((operation) => {
    if (family.has(operation.id)) return false;
    const objects = graph
      .boundSlots(operation)
      .filter(({ required, referent }) => required && referent.startsWith('resource '));
    return objects.at(-1)?.referent === resource.referent;
  });
}
