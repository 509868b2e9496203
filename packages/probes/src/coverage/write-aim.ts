import { fillCall } from '../access/call-shape.ts';
import type { Courier } from '../cross-tenant/courier.ts';
import { viewAsOwner, viewOf, type OwnerView } from '../cross-tenant/owner-view.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';

/** An object to aim at that nobody else needs any more, as its owner sees it: the last one beside the victim, or a fresh one. */
export async function aimLike(
  workshop: Workshop,
  courier: Courier,
  like: PlantedObject,
): Promise<{ readonly object: PlantedObject; readonly before: OwnerView } | null> {
  const purpose = 'the owner reads it before';
  const twin = workshop.objects.findLast(
    (one) =>
      one.resource === like.resource &&
      one.tenant === like.tenant &&
      one.owner === like.owner &&
      one.twin !== 'victim' &&
      one.ownerReads &&
      workshop.context.ledger.entry(one.ref).state === 'created',
  );
  if (twin) {
    const before = await viewAsOwner(workshop, courier, twin, purpose);
    if (before.present) return { object: twin, before };
  }
  const object = await freshLike(workshop, courier, like);
  if (object === null) return null;
  const before = viewWhenMade(workshop, object) ?? (await viewAsOwner(workshop, courier, object, purpose));
  return { object, before };
}

/** What its owner read when it was made: nothing has touched it since. */
function viewWhenMade({ context, graph }: Workshop, object: PlantedObject): OwnerView | null {
  const { read } = object.resource;
  const filled = read ? fillCall(read, graph.boundSlots(read), object.values) : null;
  const answer =
    read && filled?.kind === 'filled' ? receivedAnswers(context).read(read, filled.url, object.owner) : null;
  const view = answer ? viewOf(answer, object, true) : null;
  return view?.present === true ? view : null;
}

/** A throw-away of the same kind, by the same owner; null when it cannot be made or read. */
export async function freshLike(
  workshop: Workshop,
  courier: Courier,
  like: PlantedObject,
): Promise<PlantedObject | null> {
  const result = await plantObject(workshop, courier, {
    resource: like.resource,
    actor: like.owner,
    tenant: like.tenant,
    twin: 'throwaway',
    purpose: 'cover',
  });
  return result.kind === 'planted' && result.object.ownerReads ? result.object : null;
}
