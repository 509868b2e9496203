import type { ActorId, ExchangeId, Operation } from '@launch-ready/core';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import type { Capability } from '../plant/capability.ts';
import { readComplaints } from '../plant/complaints.ts';
import {
  asActor,
  changes,
  exchangesOf,
  isSuccess,
  outcomeOf,
  type Courier,
} from '../cross-tenant/courier.ts';
import { differingBody } from '../plant/differing-body.ts';
import { changedBeyond, viewAsOwner } from '../cross-tenant/owner-view.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { repairRecipe } from '../plant/repair-recipe.ts';
import type { Workshop } from '../plant/workshop.ts';

const tries = 3;

/**
 * Acts on a throw-away of one's own tenant, or changes it by an operation whose body carries no canary; done when its owner
 * then sees another state, or no longer finds it. An action whose effect does not show in the object cannot be judged.
 */
export async function canAct(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  actor: ActorId,
  like: PlantedObject,
): Promise<Capability> {
  const exchanges: ExchangeId[] = [];
  const unclear = (because: string): Capability => ({ state: 'unclear', because, exchanges });
  const planted = await plantObject(workshop, courier, {
    resource: like.resource,
    tenant: like.tenant,
    twin: 'throwaway',
    purpose: 'control',
    actor: like.owner,
  });
  if (planted.kind === 'not-planted') return unclear(`no throw-away could be made: ${planted.because}`);
  const { object } = planted;
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
  if (filled.kind === 'unfilled') return unclear(`nothing is known to fill ${filled.slot} with`);
  const first = await viewAsOwner(workshop, courier, object, 'control: the owner reads it');
  const before = await viewAsOwner(workshop, courier, object, 'control: the owner reads it again');
  if (!before.present) return unclear('its owner could not read it before');
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const made = operation.body ? workshop.body(operation, 'create', actor, object.values) : null;
    const value =
      made && made.canaries.length === 0 ? differingBody(operation, made.value, before) : made?.value;
    const body = made ? encodedAs(operation, value) : null;
    if (made && !body)
      return unclear(`bodies of type ${operation.body?.contentType ?? 'unknown'} are not made`);
    for (const mark of made?.canaries ?? []) workshop.context.ledger.allowScope(mark.value);
    const answer = await courier.send(asActor(actor), {
      operation,
      url: filled.url,
      headers: filled.headers,
      body,
      effect: changes(object.ref),
      purpose: `control: ${actor} acts on ${object.resource.type} of its own tenant`,
    });
    exchanges.push(...exchangesOf(answer));
    if (answer.kind === 'answer' && (answer.status === 400 || answer.status === 422) && made) {
      const recipe = workshop.recipes.get(operation.id) ?? {
        shape: operation.body ?? null,
        directives: new Map(),
        wrapper: null,
      };
      const repaired = repairRecipe(recipe, readComplaints(answer.json() ?? answer.text), made.value);
      if (repaired) {
        workshop.recipes.set(operation.id, repaired);
        continue;
      }
    }
    const after = await viewAsOwner(workshop, courier, object, 'control: the owner looks at it');
    exchanges.push(...after.exchanges);
    const marked = (made?.canaries ?? []).filter(({ value: mark }) => after.text.includes(mark));
    if (marked.length > 0) workshop.remark(object.ref, marked);
    if (after.gone) workshop.context.ledger.cleaned(object.ref);
    const volatile = changedBeyond(first, before, []);
    if (
      after.gone ||
      marked.length > 0 ||
      (after.present && changedBeyond(before, after, volatile).length > 0)
    )
      return { state: 'able', because: 'its owner then saw the effect', exchanges };
    const denied = answer.kind === 'answer' && [401, 403, 404].includes(answer.status);
    return {
      state: denied ? 'denied' : 'unclear',
      because: isSuccess(answer)
        ? `what ${operation.id} does to an object does not show when its owner reads it`
        : `${actor} could not do it to ${object.resource.type} of its own tenant: ${outcomeOf(answer)}`,
      exchanges,
    };
  }
  return unclear(`its body was still refused after ${tries} repairs`);
}
