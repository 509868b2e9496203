import type { ActorId } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { asActor, changes, isSuccess, type Courier } from '../cross-tenant/courier.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import { readObject } from './read-object.ts';

/** What went over to others is removed as them, and believed to be gone when they no longer find it. */
export async function takeBack(
  { workshop, courier }: { readonly workshop: Workshop; readonly courier: Courier },
  objects: readonly (PlantedObject | null)[],
  reader: ActorId,
): Promise<void> {
  for (const object of objects) {
    const remove = object?.resource.remove;
    if (!object || !remove) continue;
    const filled = fillCall(remove, workshop.graph.boundSlots(remove), object.values);
    if (filled.kind === 'unfilled') continue;
    const answer = await courier.send(asActor(reader), {
      operation: remove,
      url: filled.url,
      headers: filled.headers,
      body: null,
      effect: changes(object.ref),
      purpose: 'mass assignment: remove what went over',
    });
    const left = await readObject(workshop, courier, object, reader, true);
    if (isSuccess(answer) && !left.object) workshop.context.ledger.cleaned(object.ref);
  }
}
