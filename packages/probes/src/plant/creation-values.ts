import { bodyReferences } from './body-references.ts';
import type { PlantOrder, OpenPlantOrder } from './plant-order.ts';
import type { PlantResult } from './planted-object.ts';
import type { Referent, Resource } from '../access/resource-graph.ts';
import type { Workshop } from './workshop.ts';

type CreationValues =
  | { readonly kind: 'values'; readonly values: Map<Referent, string> }
  | { readonly kind: 'missing'; readonly because: string };

/** Plants a parent of which the tenant has none yet. */
type PlantParent = (order: OpenPlantOrder) => Promise<PlantResult>;

/** Values of the slots of a creating request: the tenant's own names, and parents that are planted when there are none yet. */
export async function creationValues(
  workshop: Workshop,
  order: PlantOrder,
  plantParent: PlantParent,
): Promise<CreationValues> {
  const { create } = order.resource;
  if (!create) return { kind: 'missing', because: 'no operation creates one' };
  const values = workshop.scopeValues(create, order.tenant);
  const parents = new Set([
    ...workshop.graph
      .boundSlots(create)
      .filter((slot) => slot.required)
      .map((slot) => slot.referent),
    ...bodyReferences(create, workshop.graph).map((one) => one.referent),
  ]);
  for (const referent of parents) {
    if (values.has(referent)) continue;
    const resource = workshop.graph.byReferent(referent);
    if (!resource) continue;
    const parent = await parentOf(workshop, order, resource, plantParent);
    if (parent.kind === 'not-planted') {
      return {
        kind: 'missing',
        because: `it lies below ${resource.type}, of which none could be made: ${parent.because}`,
      };
    }
    for (const [key, value] of parent.object.values) if (!values.has(key)) values.set(key, value);
  }
  return { kind: 'values', values };
}

async function parentOf(
  workshop: Workshop,
  { actor, tenant, purpose }: PlantOrder,
  resource: Resource,
  plantParent: PlantParent,
): Promise<PlantResult> {
  const known = workshop.objects.filter(
    (one) => one.resource === resource && one.tenant === tenant && one.twin === 'victim',
  );
  const object = known.find((one) => one.owner === actor) ?? known[0];
  if (object) return { kind: 'planted', object };
  return plantParent({ resource, tenant, twin: 'victim', purpose });
}
