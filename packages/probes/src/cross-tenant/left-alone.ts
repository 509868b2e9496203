import type { Front } from './front.ts';

/** Operations that change or remove what belongs to a tenant and was not made by this run; they are never called across tenants. */
export function leftAlone({ workshop }: Front, tried: readonly string[]): readonly string[] {
  const { graph, context, scope } = workshop;
  const ours = new Set(
    graph.resources.flatMap(({ create, updates, below, remove }) =>
      create ? [...updates, ...below, ...(remove ? [remove] : [])].map(({ id }) => id) : [],
    ),
  );
  return context.operations
    .filter(({ method, id }) => ['PUT', 'PATCH', 'DELETE'].includes(method) && !ours.has(id))
    .filter(({ id }) => !tried.includes(id))
    .filter((operation) =>
      graph
        .boundSlots(operation)
        .some(
          ({ in: place, referent }) =>
            place === 'path' &&
            referent.startsWith('scope ') &&
            scope.names.has(referent.slice('scope '.length)),
        ),
    )
    .map(({ id }) => id);
}
