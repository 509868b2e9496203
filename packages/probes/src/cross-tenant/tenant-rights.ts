import type { Actor, Operation } from '@launch-ready/core';
import { askEnds, type WishOf } from '../roles/ask-by-role.ts';
import { encodedAs } from '../access/call-shape.ts';
import { coverageSubject } from '../coverage/coverage-subject.ts';
import { asActor, exchangesOf, isSuccess, outcomeOf, type Courier } from './courier.ts';
import { allUnclear, type RawRight } from '../roles/raw-right.ts';
import type { Workshop } from '../plant/workshop.ts';

/**
 * For changing the tenant itself, which is not ours to change: a PATCH that holds no field tells who gets past the question of
 * rights, and changes nothing. Whoever makes a tenant is its strongest, so that one made for the run would tell nothing.
 */
export async function tenantRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
  wish: WishOf,
): Promise<readonly RawRight[]> {
  if (operation.method !== 'PATCH')
    return allUnclear(actors, 'the tenant itself is neither replaced nor removed');
  const subject = coverageSubject(workshop, operation, tenant, { ownTenant: true });
  const body = encodedAs(operation, {});
  if (subject?.filled.kind !== 'filled' || body?.kind !== 'json')
    return allUnclear(actors, 'its path or its body cannot be filled without changing the tenant');
  const { url, headers, slots } = subject.filled;
  const { ledger } = workshop.context;
  return askEnds(actors, wish, async (actor): Promise<RawRight> => {
    const entry = ledger.intend({
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
    const answer = await courier.send(asActor(actor.id), {
      operation,
      url,
      headers,
      body,
      effect: { kind: 'create', entry },
      purpose: `how far the role ${actor.role} gets with a change of no field`,
    });
    // A change without fields makes nothing, whatever is answered.
    ledger.notCreated(entry);
    const status = answer.kind === 'answer' ? answer.status : 0;
    const past = isSuccess(answer) || status === 400 || status === 422;
    return {
      actor,
      state: status === 401 || status === 403 ? 'denied' : past ? 'farther' : 'unclear',
      because: `${actor.id} was ${outcomeOf(answer)} for a change of no field`,
      exchanges: exchangesOf(answer),
    };
  });
}
