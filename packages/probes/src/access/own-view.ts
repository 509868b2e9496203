import type { ActorId } from '@launch-ready/core';
import type { Front } from '../cross-tenant/front.ts';
import { viewAsOwner, viewOf, type OwnerView } from '../cross-tenant/owner-view.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { readCall } from '../coverage/read-as.ts';

/** What fields an object of the attacker's tenant has: as it was read before where it was, else read once more. */
export function ownView(front: Front, own: PlantedObject, attacker: ActorId): Promise<OwnerView> {
  const { workshop, courier, views } = front;
  const purpose = 'what fields an object of its own has';
  const known = views.get(own.ref);
  if (known) return Promise.resolve(known);
  const { read } = own.resource;
  const call = read && readCall(front, read, own.values, purpose);
  const seen = call && workshop.seen.find(call.url, [attacker, own.owner]);
  return seen
    ? Promise.resolve(viewOf(seen.answer, own, true))
    : viewAsOwner(workshop, courier, own, purpose, attacker);
}
