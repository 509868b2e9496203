import { fillCall } from './call-shape.ts';
import type { Front, Stage } from './front.ts';
import { ownSide } from './swap-variants.ts';

/** Something that this actor may read in its own tenant, to see whether its credential lives. */
export function aliveUrl(front: Front, { resource }: Pick<Stage, 'resource'>): string | null {
  const { workshop } = front;
  const { proof, api } = workshop.context.target;
  if (proof !== null) return new URL(proof, api).href;
  const identity = workshop.context.operations.find(
    ({ method, path }) =>
      method === 'GET' && /(^|\/)(me|whoami|self|profile|userinfo)$/i.test(path) && !path.includes('{'),
  );
  if (identity) return identity.origin + identity.path;
  for (const list of resource.lists) {
    const bound = workshop.graph.boundSlots(list);
    const values = ownSide(workshop, list, null, front.attackerTenant);
    const filled = fillCall(list, bound, values);
    if (filled.kind === 'filled') return filled.url;
  }
  return null;
}
