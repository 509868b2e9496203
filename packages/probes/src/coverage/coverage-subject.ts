import { isSafeMethod, type ActorId, type Operation } from '@launch-ready/core';
import { fillCall, type FilledCall } from '../access/call-shape.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { Referent } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';

/** One operation with the values of one tenant filled in, and who may be expected to use it. */
export interface CoverageSubject {
  readonly operation: Operation;
  readonly tenant: string;
  /** The object of ours that its path ends at or goes through; null when it goes through none. */
  readonly object: PlantedObject | null;
  readonly actor: ActorId;
  readonly values: ReadonlyMap<Referent, string>;
  readonly filled: FilledCall;
}

/**
 * Fills an operation with objects and names of one tenant. With `madeUp`, slots that nothing is known for take ids that stand
 * for nothing: enough to see whether a credential is asked for. `ownTenant` leaves out tenants made for the run.
 */
export function coverageSubject(
  workshop: Workshop,
  operation: Operation,
  tenant: string,
  options: { readonly madeUp?: boolean; readonly ownTenant?: boolean } = {},
): CoverageSubject | null {
  const bound = workshop.graph.boundSlots(operation);
  const wanted = bound
    .filter((slot) => slot.required && slot.referent.startsWith('resource '))
    .map((slot) => slot.referent);
  // What was there before the run is only ever read.
  const known = isSafeMethod(operation.method)
    ? [...workshop.objects, ...workshop.harvested]
    : workshop.objects;
  const live = known.filter((one) => one.tenant === tenant && one.twin === 'victim');
  const last = wanted.at(-1);
  const ofTenants = options.ownTenant
    ? undefined
    : workshop.graph.resources.find(
        ({ referent, read, updates, remove }) =>
          referent.startsWith('scope ') && [read, ...updates, remove].includes(operation),
      );
  const object =
    live.find((one) => (ofTenants ? one.resource === ofTenants : one.resource.referent === last)) ?? null;
  const strongest = actorsOf(workshop.context, tenant)[0];
  if (!strongest) return null;
  const values = new Map<Referent, string>([
    ...workshop.scopeValues(operation, tenant),
    ...(object?.values ?? []),
  ]);
  if (options.madeUp) {
    for (const { referent, required } of bound) {
      if (!required || values.has(referent)) continue;
      const nothing = workshop.context.random.uuid();
      workshop.context.ledger.allowScope(nothing);
      values.set(referent, nothing);
    }
  }
  return {
    operation,
    tenant,
    object,
    actor: object?.owner ?? strongest.id,
    values,
    filled: fillCall(operation, bound, values),
  };
}
