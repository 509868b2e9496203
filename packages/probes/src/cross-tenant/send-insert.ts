import type { Actor, Operation } from '@launch-ready/core';
import type { LedgerRef } from '../ledger/ledger.ts';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { asActor, type Call, type Delivery } from './courier.ts';
import { enterUnmade } from './enter-unmade.ts';
import type { Front, Stage } from './front.ts';
import type { InsertVariant } from './insert-variants.ts';
import { injected } from '../plant/injected.ts';
import { objectIdsIn } from '../access/object-ids.ts';
import { takesBody } from '../plant/unstated-body.ts';

/** An attempt to create an object below a foreign parent, and how it was answered. */
export interface SentInsert {
  readonly answer: Delivery;
  readonly call: Call;
  /** Its canaries. */
  readonly marks: readonly string[];
  readonly ref: LedgerRef;
  /** The id that the answer gave it. */
  readonly id: string | null;
}

/** Tries to create an object below a foreign parent; null when the request cannot be made or could not be found again. */
export async function sendInsert(
  { workshop, courier, attackerTenant }: Front,
  { resource, victim }: Stage,
  create: Operation,
  attacker: Actor,
  variant: InsertVariant,
  purpose: string,
): Promise<SentInsert | null> {
  const filled = fillCall(create, workshop.graph.boundSlots(create), variant.path);
  const made = workshop.body(create, 'create', attacker.id, variant.body);
  const plain = takesBody(create) ? encodedAs(create, injected(made.value, variant.inject ?? {})) : null;
  const body = plain && variant.spell ? variant.spell(plain) : plain;
  if (filled.kind === 'unfilled' || made.canaries.length === 0 || (takesBody(create) && !body)) return null;
  const { ledger } = workshop.context;
  const ref = ledger.intend({
    operation: create.id,
    actor: attacker.id,
    tenant: attackerTenant,
    type: resource.type,
    twin: 'throwaway',
    canaries: made.canaries,
    slots: filled.slots,
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  const call: Call = {
    operation: create,
    url: filled.url,
    headers: filled.headers,
    body,
    effect: { kind: 'create', entry: ref },
    purpose: `${purpose}: ${attacker.id} creates ${resource.type} below what belongs to ${victim.owner}`,
  };
  const answer = await courier.send(asActor(attacker.id), call);
  const id =
    answer.kind === 'answer' && answer.status < 400 ? objectIdsIn(answer, resource.type, null)[0] : undefined;
  if (id !== undefined) {
    const at = (operation: Operation | null): string | null => {
      if (!operation) return null;
      const url = fillCall(
        operation,
        workshop.graph.boundSlots(operation),
        new Map([...variant.path, [resource.referent, id]]),
      );
      return url.kind === 'filled' ? url.url : null;
    };
    ledger.created(ref, { objectId: id, readUrl: at(resource.read), deleteUrl: at(resource.remove) });
    // A success that names an object which is ours already made none of its own, or another one under the same name.
    if (ledger.entries.some((one) => one.ref !== ref && one.objectId === id && one.actor === attacker.id))
      ledger.cleaned(ref);
  } else enterUnmade(ledger, ref, answer);
  return { answer, call, marks: made.canaries.map(({ value }) => value), ref, id: id ?? null };
}
