import { fillCall } from './call-shape.ts';
import type { Front, Stage } from '../cross-tenant/front.ts';
import { ownSide } from '../cross-tenant/swap-variants.ts';
import type { Resource } from './resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';

/** Something that this attacker may read in its own tenant, to see whether its credential lives. */
export const aliveUrl = (front: Front, { resource }: Pick<Stage, 'resource'>): string | null =>
  aliveUrlIn(front.workshop, front.attackerTenant, resource.lists);

/** Something that every actor of a tenant may read there, to see whether its credential lives. */
export function aliveUrlIn(workshop: Workshop, tenant: string, lists: Resource['lists']): string | null {
  const { proof, api } = workshop.context.target;
  if (proof !== null) return new URL(proof, api).href;
  const identity = workshop.context.operations.find(
    ({ method, path }) =>
      method === 'GET' && /(^|\/)(me|whoami|self|profile|userinfo)$/i.test(path) && !path.includes('{'),
  );
  if (identity) return identity.origin + identity.path;
  for (const list of lists) {
    const bound = workshop.graph.boundSlots(list);
    const values = ownSide(workshop, list, null, tenant);
    const filled = fillCall(list, bound, values);
    if (filled.kind === 'filled') return filled.url;
  }
  return null;
}
