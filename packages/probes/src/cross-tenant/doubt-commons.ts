import type { Operation } from '@launch-ready/core';
import { isDeclaredPublic } from '../access/public-by-design.ts';
import type { Resource } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { CrossTenantTrial } from './front.ts';

/**
 * What is there for everybody to read, such as the products of a shop, may be there for everybody to review or to like as well: an
 * object added to it, or something done with it, breaks in nowhere for sure. Changes and deletions of what others wrote do.
 */
export function doubtCommons(
  { graph, context }: Pick<Workshop, 'graph' | 'context'>,
  trials: readonly CrossTenantTrial[],
): readonly CrossTenantTrial[] {
  const isCommon = (resource: Resource | null | undefined): boolean =>
    [resource?.read, ...(resource?.lists ?? [])].some(
      (operation) => operation && isDeclaredPublic({ context }, operation),
    );
  const parentsOf = (operation: Operation | undefined): readonly (Resource | null)[] =>
    operation
      ? graph
          .boundSlots(operation)
          .flatMap((slot) =>
            slot.in === 'path' && slot.referent !== null ? [graph.byReferent(slot.referent)] : [],
          )
      : [];
  return trials.map((trial) => {
    const isAdded = trial.verdict === 'insert' || (trial.action === 'act' && trial.verdict === 'write');
    if (!isAdded) return trial;
    const own = graph.resources.find(({ type }) => type === trial.objectType);
    const operation = graph.operations.find(({ id }) => id === trial.operation);
    const [common] = [own, ...parentsOf(operation)].filter(isCommon);
    if (!common) return trial;
    return {
      ...trial,
      verdict: 'inconclusive',
      because: `everybody may read ${common.type}; whether everybody may also add to them, or use them like this, nothing tells`,
      reproduce: null,
    };
  });
}
