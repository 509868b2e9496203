import type { Operation } from '@launch-ready/core';
import type { Resource, ResourceGraph } from '../access/resource-graph.ts';
import type { CoverageTrial } from './coverage-reads.ts';

/** Fewer operations of one sort are all tried. */
const fewest = 6;

/** Operations that do the same to other kinds of objects, in one place of the application and asking for the same. */
export interface Represented {
  readonly operation: Operation;
  /** Those that are tried with spoilt credentials in its place. */
  readonly by: readonly Operation[];
  /** The lists of its own kind of object, which are tried as well. */
  readonly lists: readonly Operation[];
}

/**
 * Which operations may leave changed and expired credentials to others like them: where many kinds of objects stand side by
 * side, three of each sort of operation speak for the rest. Lists never do, so that every kind of object is asked for once with
 * every credential.
 */
export function representedOperations(
  graph: Pick<ResourceGraph, 'resources'>,
  operations: readonly Operation[],
): readonly Represented[] {
  const sorts = new Map<string, { readonly operation: Operation; readonly lists: Resource['lists'] }[]>();
  for (const resource of graph.resources) {
    const { create, read, updates, remove, lists } = resource;
    if (lists.length === 0 || !resource.referent.startsWith('resource ')) continue;
    const place = placeOf(resource);
    for (const [sort, one] of [
      ['create', create],
      ['read', read],
      ['remove', remove],
      ...updates.map((update) => [`update ${update.method}`, update] as const),
    ] as const) {
      if (!one || !operations.includes(one)) continue;
      const key = [sort, one.origin, place, one.declaredAuth].join(' ');
      sorts.set(key, [...(sorts.get(key) ?? []), { operation: one, lists }]);
    }
  }
  return [...sorts.values()].flatMap((list) => {
    if (list.length < fewest) return [];
    const spread = [0, Math.floor(list.length / 2), list.length - 1];
    const by = spread.flatMap((at) => list[at]?.operation ?? []);
    return list.filter(({ operation }) => !by.includes(operation)).map((one) => ({ ...one, by }));
  });
}

/** The path above the collection. */
const placeOf = ({ create, lists }: Resource): string =>
  (create?.path ?? lists[0]?.path ?? '').split('/').slice(0, -1).join('/');

/**
 * Whether what came of the others speaks for this one: they and the lists of its own kind were refused whatever the credential,
 * and without any it was refused just as they were.
 */
export function isSpokenFor(
  { operation, by, lists }: Represented,
  trials: readonly CoverageTrial[],
): boolean {
  const of = ({ id }: Operation): readonly CoverageTrial[] =>
    trials.filter((trial) => trial.operation === id && trial.credential !== 'other-user');
  const bare = of(operation).find(({ credential }) => credential === 'none');
  const isShut = (one: Operation): boolean => {
    const known = of(one);
    return known.length > 1 && known.every(({ verdict }) => verdict === 'refused');
  };
  return (
    bare?.verdict === 'refused' &&
    lists.some(isShut) &&
    by.every(
      (one) =>
        isShut(one) &&
        of(one).some(({ credential, because }) => credential === 'none' && because === bare.because),
    )
  );
}
