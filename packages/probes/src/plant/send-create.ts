import type { Operation } from '@launch-ready/core';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { MadeBody } from './body-recipe.ts';
import { encodedAs, type FilledCall, type SlotValues } from '../access/call-shape.ts';
import { asActor, type Call, type Courier, type Delivery } from '../cross-tenant/courier.ts';
import type { PlantOrder } from './plant-order.ts';
import { takesBody } from './unstated-body.ts';
import type { Workshop } from './workshop.ts';

/** A creating request that left, and how it was answered. */
export interface SentCreate {
  readonly made: MadeBody;
  readonly ref: LedgerRef;
  readonly call: Call;
  readonly answer: Delivery;
}

/** Sends a creating request with fresh canaries, entered into the ledger first; null when bodies of its type are not made. */
export async function sendCreate(
  workshop: Workshop,
  courier: Courier,
  order: PlantOrder,
  create: Operation,
  filled: FilledCall & { readonly kind: 'filled' },
  values: SlotValues,
): Promise<SentCreate | null> {
  const { resource, actor, tenant, twin, exposure } = order;
  const { ledger, leaks } = workshop.context;
  const made = workshop.body(create, exposure === 'private' ? 'create-private' : 'create', actor, values);
  const withBody = takesBody(create);
  const body = withBody ? encodedAs(create, made.value) : null;
  if (withBody && body === null) return null;
  const ref = ledger.intend({
    operation: create.id,
    actor,
    tenant,
    type: resource.type,
    twin,
    canaries: made.canaries,
    slots: filled.slots,
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  leaks.watch(ref);
  const call: Call = {
    operation: create,
    url: filled.url,
    headers: filled.headers,
    body,
    effect: { kind: 'create', entry: ref },
    purpose: `${order.purpose}: create ${resource.type}`,
  };
  return { made, ref, call, answer: await courier.send(asActor(actor), call) };
}
