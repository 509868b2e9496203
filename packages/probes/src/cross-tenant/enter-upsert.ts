import { fillCall } from '../access/call-shape.ts';
import type { Delivery } from './courier.ts';
import type { Front } from './front.ts';
import { objectIdsIn } from '../access/object-ids.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { ChangeAttack, PreparedChange } from './change-attack.ts';

/** A change that says "created" may have made an object of its own in the attacker's tenant: it is entered, to be removed. */
export function enterUpsert(
  { workshop, attackerTenant }: Front,
  { attacker, operation }: ChangeAttack,
  { call, values, written }: PreparedChange,
  answer: Delivery,
  object: PlantedObject,
): void {
  if (answer.kind !== 'answer' || answer.status !== 201) return;
  const { ledger } = workshop.context;
  const { resource } = object;
  const objectId = objectIdsIn(answer, resource.type, null)[0] ?? object.id;
  const { remove } = resource;
  const own = new Map([...values, [resource.referent, objectId] as const]);
  const filled = remove ? fillCall(remove, workshop.graph.boundSlots(remove), own) : null;
  const ref = ledger.intend({
    operation: operation.id,
    actor: attacker.id,
    tenant: attackerTenant,
    type: resource.type,
    twin: 'throwaway',
    canaries: written,
    slots: filled?.kind === 'filled' ? filled.slots : { id: objectId },
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  ledger.created(ref, {
    objectId,
    readUrl: resource.read ? call.url : null,
    deleteUrl: filled?.kind === 'filled' ? filled.url : null,
  });
}
