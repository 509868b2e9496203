import type { ChangeAttack, SentChange } from '../cross-tenant/change-attack.ts';
import { asActor } from '../cross-tenant/courier.ts';
import { enterUpsert } from '../cross-tenant/enter-upsert.ts';
import type { Front } from '../cross-tenant/front.ts';
import type { OwnerView } from '../cross-tenant/owner-view.ts';
import type { PlantedObject } from '../plant/planted-object.ts';

/** Sends one attack on one object. */
export async function sendChange(
  front: Front,
  attack: ChangeAttack,
  object: PlantedObject,
  view: OwnerView,
): Promise<SentChange | null> {
  const { workshop, courier } = front;
  const prepared = attack.prepare(object, view);
  if (!prepared) return null;
  // Fields named like ids (slugs) carry the attacker's markers: made-up values that name nobody's object.
  for (const { value } of prepared.written) workshop.context.ledger.allowScope(value);
  const answer = await courier.send(asActor(attack.attacker.id), prepared.call);
  enterUpsert(front, attack, prepared, answer, object);
  return { attack, prepared, answer };
}
