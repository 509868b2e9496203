import type { Courier } from '../cross-tenant/courier.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject, PlantResult } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';

/**
 * One more object like this one, made now, as the proof that good requests still work. Where objects cannot be removed
 * again none is made: then the planted one, which was made earlier in the same way, has to do.
 */
export async function freshControl(
  workshop: Workshop,
  courier: Courier,
  planted: PlantedObject,
  purpose: string,
): Promise<PlantResult> {
  const { resource, owner: actor, tenant } = planted;
  const { deleteUrl } = workshop.context.ledger.entry(planted.ref);
  if (resource.remove === null || deleteUrl === null) return { kind: 'planted', object: planted };
  return plantObject(workshop, courier, { resource, actor, tenant, twin: 'throwaway', purpose });
}
