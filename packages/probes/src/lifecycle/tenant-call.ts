import type { HeaderList, Operation } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import type { Referent } from '../access/resource-graph.ts';
import { workshopOf } from '../plant/workshop.ts';
import type { ProbeContext } from '../probe.ts';

/** Where an operation is called inside one tenant. */
export interface TenantCall {
  readonly url: string;
  readonly headers: HeaderList;
  readonly slots: Readonly<Record<string, string>>;
}

/**
 * Fills an operation for one tenant: with `extra` by slot name, with what names the tenant, and with objects planted
 * there. Null when a slot has no value.
 */
export async function tenantCall(
  context: ProbeContext,
  operation: Operation,
  tenant: string,
  extra: Readonly<Record<string, string>> = {},
): Promise<TenantCall | null> {
  const workshop = await workshopOf(context);
  const bound = workshop.graph.boundSlots(operation);
  const values = new Map<Referent, string>(workshop.scopeValues(operation, tenant));
  // A slot of `extra` gets a name of its own, since two slots of one path may take the same thing.
  const named = bound.map((slot) => {
    const given = slot.in === 'path' ? extra[slot.name] : undefined;
    if (given === undefined) return slot;
    const referent: Referent = `scope ${slot.name} of ${operation.id}`;
    values.set(referent, given);
    return { ...slot, referent };
  });
  for (const { referent, required } of named) {
    if (values.has(referent) || !required) continue;
    const object = workshop.objects.find(
      (one) => one.resource.referent === referent && one.tenant === tenant,
    );
    if (object) values.set(referent, object.id);
  }
  const filled = fillCall(operation, named, values);
  return filled.kind === 'filled' ? filled : null;
}

/** Names of the slots of a path template, in order. */
export const slotNames = (path: string): readonly string[] =>
  [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');

/** A value for the last slot of a path template. */
export const lastSlot = (path: string, value: string): Readonly<Record<string, string>> => {
  const name = slotNames(path).at(-1);
  return name === undefined ? {} : { [name]: value };
};
