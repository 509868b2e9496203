import type { ActorId, Operation } from '@launch-ready/core';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import type { Capability } from '../plant/capability.ts';
import { asActor, changes, exchangesOf, isSuccess, outcomeOf, type Courier } from './courier.ts';
import { changedBeyond, viewAsOwner, type OwnerView } from './owner-view.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';

/**
 * Lets somebody of the owner's tenant delete the twin that attacks were aimed at, when they are over: the control costs no
 * object of its own, and the look after the attacks is the look before it. Null when its owner could not read it before.
 */
export async function deletionControl(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  actor: ActorId,
  twin: PlantedObject,
  seen: OwnerView | undefined,
): Promise<Capability | null> {
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), twin.values);
  if (filled.kind === 'unfilled') return null;
  const before = seen ?? (await viewAsOwner(workshop, courier, twin, 'control: the owner reads it'));
  if (!before.present) return null;
  const made = workshop.body(operation, 'update', actor, twin.values);
  const answer = await courier.send(asActor(actor), {
    operation,
    url: filled.url,
    headers: filled.headers,
    body: operation.body?.required ? encodedAs(operation, made.value) : null,
    effect: changes(twin.ref),
    purpose: `control: ${actor} deletes ${twin.resource.type} of its own tenant`,
  });
  const after = await viewAsOwner(workshop, courier, twin, 'control: the owner looks for it');
  const exchanges = [...before.exchanges, ...exchangesOf(answer), ...after.exchanges];
  const able = (because: string): Capability => {
    // Nobody may take it for an object that is still there.
    const index = workshop.objects.findIndex(({ ref }) => ref === twin.ref);
    if (index >= 0) workshop.objects.splice(index, 1);
    const capability: Capability = { state: 'able', because, exchanges };
    workshop.capabilities.set(`${operation.id} ${actor}`, capability);
    return capability;
  };
  if (after.gone) {
    workshop.context.ledger.cleaned(twin.ref);
    return able('its owner no longer found it');
  }
  if (isSuccess(answer) && after.present && changedBeyond(before, after, []).length > 0) {
    // A counter of looks changes as well; an object that is kept and marked as removed no longer does anything else.
    const again = await viewAsOwner(workshop, courier, twin, 'control: the owner looks once more');
    if (changedBeyond(before, after, changedBeyond(after, again, [])).length > 0)
      return able('its owner then saw it in another state');
  }
  const denied = answer.kind === 'answer' && [401, 403, 404].includes(answer.status);
  return {
    state: denied ? 'denied' : 'unclear',
    because: `${actor} did not delete ${twin.resource.type} of its own tenant: ${outcomeOf(answer)}`,
    exchanges,
  };
}
