import type { ExchangeId } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { exchangesOf, isSuccess, type Courier, type Delivery } from '../cross-tenant/courier.ts';
import { creationValues } from './creation-values.ts';
import { enterCreated } from '../cross-tenant/enter-created.ts';
import { enterUnmade } from '../cross-tenant/enter-unmade.ts';
import { learnFromRefusal } from './learn-from-refusal.ts';
import type { OpenPlantOrder, PlantOrder } from './plant-order.ts';
import { objectIdsIn } from '../access/object-ids.ts';
import { unplantableBecause } from './plantable.ts';
import type { PlantResult } from './planted-object.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { Referent } from '../access/resource-graph.ts';
import { sendCreate } from './send-create.ts';
import { settleObject } from './settle-object.ts';
import type { Workshop } from './workshop.ts';

const mostTries = 6;

/** Creates one object with canaries as this actor, its parents first, and lets the owner read it back. */
export async function plantObject(
  workshop: Workshop,
  courier: Courier,
  order: PlantOrder,
  path: readonly Referent[] = [],
): Promise<PlantResult> {
  const { graph, context } = workshop;
  const { resource, actor } = order;
  const { create } = resource;
  const exchanges: ExchangeId[] = [];
  const fail = (because: string, denied = false, mute = false): PlantResult => ({
    kind: 'not-planted',
    operation: create?.id ?? resource.type,
    actor,
    because,
    denied,
    mute,
    exchanges,
  });
  const unplantable = unplantableBecause(resource, workshop.rules);
  if (!create || unplantable !== null) return fail(unplantable ?? 'no operation creates one');
  if (path.includes(resource.referent)) return fail('its parents form a circle');

  const known = await creationValues(workshop, order, (parent) =>
    plantByLowest(workshop, courier, parent, [...path, resource.referent]),
  );
  if (known.kind === 'missing') return fail(known.because);
  const { values } = known;
  const filled = fillCall(create, graph.boundSlots(create), values);
  if (filled.kind === 'unfilled') return fail(`nothing is known to fill ${filled.slot} with`);

  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const sent = await sendCreate(workshop, courier, order, create, filled, values);
    if (!sent) return fail(`bodies of type ${create.body?.contentType ?? 'unknown'} are not made`);
    const { made, ref, call, answer } = sent;
    exchanges.push(...exchangesOf(answer));
    if (answer.kind === 'answer' && (isSuccess(answer) || isMoved(answer))) {
      const { canaries, decidesExposure: exposureIsChoice } = made;
      if (canaries.length === 0) {
        const id = answer.kind === 'answer' ? objectIdsIn(answer, resource.type, null)[0] : undefined;
        // Without a canary it is no use, but it can still be removed by its id.
        if (id !== undefined && resource.remove && context.ledger.findByObjectId(id) === null)
          enterCreated(
            workshop,
            { order, exposureIsChoice, answer, call, ref, canaries, values },
            id,
            resource.remove,
          );
        else
          context.ledger.leftover(
            ref,
            'it has no field that can carry a canary, so that it cannot be found again',
          );
        return fail('no field of it can carry a canary');
      }
      const fresh = { order, exposureIsChoice, answer, call, ref, canaries, values };
      return settleObject(workshop, courier, fresh, exchanges);
    }
    enterUnmade(context.ledger, ref, answer);
    const final = learnFromRefusal(workshop, create, answer, made.value);
    if (final) return fail(final.because, final.denied, final.mute);
  }
  return fail(`its body was still refused after ${mostTries} repairs`);
}

const isMoved = (answer: Delivery): boolean =>
  answer.kind === 'answer' &&
  answer.status >= 300 &&
  answer.status < 400 &&
  answer.header('location') !== null;

/** Creates one object as the lowest role that is able to, of a tenant. Stands here because parents are planted so too. */
export async function plantByLowest(
  workshop: Workshop,
  courier: Courier,
  order: OpenPlantOrder,
  path: readonly Referent[] = [],
): Promise<PlantResult> {
  const refusals: (PlantResult & { readonly kind: 'not-planted' })[] = [];
  for (const actor of actorsOf(workshop.context, order.tenant).toReversed()) {
    const result = await plantObject(workshop, courier, { ...order, actor: actor.id }, path);
    if (result.kind === 'planted') return result;
    refusals.push(result);
    if (!result.denied && result.exchanges.length === 0) break;
  }
  const nobody = {
    operation: order.resource.type,
    actor: 'anonymous',
    because: 'no proven actor',
    denied: false,
    exchanges: [],
  };
  return refusals.find((one) => !one.denied) ?? refusals.at(-1) ?? { kind: 'not-planted', ...nobody };
}
