import type { Operation } from '@launch-ready/core';
import { fillCall, type SlotValues } from '../access/call-shape.ts';
import type { Call } from './courier.ts';
import type { Front } from './front.ts';
import type { PlantedObject } from '../plant/planted-object.ts';

/** The request by which the owner of an object sees it. */
export function ownerLooks(
  { workshop }: Pick<Front, 'workshop'>,
  object: PlantedObject,
  fallback: Operation,
): { readonly call: Pick<Call, 'operation' | 'url' | 'headers'>; readonly values: SlotValues } {
  const operation = object.resource.read ?? object.resource.lists[0] ?? fallback;
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
  return {
    call: {
      operation,
      url: filled.kind === 'filled' ? filled.url : '',
      headers: filled.kind === 'filled' ? filled.headers : [],
    },
    values: object.values,
  };
}
