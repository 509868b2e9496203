import type { Actor } from '@launch-ready/core';
import { asActor, isSuccess, outcomeOf, type Call, type Courier, type Delivery } from './courier.ts';
import type { Workshop } from '../plant/workshop.ts';

/** A call that should change nothing, because its body or its id is no good. */
export interface HollowCall extends Omit<Call, 'effect'> {
  readonly slots: Readonly<Record<string, string>>;
  readonly tenant: string;
}

/**
 * Sends a call that should change nothing. It stands in the ledger before it leaves, and stays there if it succeeds.
 *
 * @param unexpected why it stays there, from the outcome of the call
 */
export async function sendHollow(
  { context: { ledger } }: Workshop,
  courier: Courier,
  actor: Actor,
  { slots, tenant, ...call }: HollowCall,
  unexpected: (outcome: string) => string,
): Promise<Delivery> {
  const { operation } = call;
  const ref = ledger.intend({
    operation: operation.id,
    actor: actor.id,
    tenant,
    type: operation.path,
    twin: 'throwaway',
    canaries: [],
    slots,
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  const answer = await courier.send(asActor(actor.id), { ...call, effect: { kind: 'create', entry: ref } });
  if (isSuccess(answer)) ledger.leftover(ref, unexpected(outcomeOf(answer)));
  else ledger.notCreated(ref);
  return answer;
}
