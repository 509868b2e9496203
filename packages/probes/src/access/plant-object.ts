import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { Canary } from '../ledger/ledger.ts';
import type { Answer } from '../transport/transport.ts';
import { bodyReferences } from './body-references.ts';
import { encodedAs, fillCall, type SlotValues } from './call-shape.ts';
import { readComplaints, refusedFields } from './complaints.ts';
import { asActor, exchangesOf, isSuccess, noEffect, outcomeOf, type Call, type Courier } from './courier.ts';
import { jsonScalars } from './json-scalars.ts';
import { objectIdsByMarker, objectIdsIn } from './object-ids.ts';
import type { PlantedObject, PlantResult } from './planted-object.ts';
import { actorsOf } from './ranked-actors.ts';
import { repairRecipe } from './repair-recipe.ts';
import type { Referent, Resource } from './resource-graph.ts';
import { showsAny } from './shown-canaries.ts';
import type { Exposure } from './private-choice.ts';
import { unplantableBecause } from './plantable.ts';
import type { Workshop } from './workshop.ts';
import { enterUnmade } from './enter-unmade.ts';

const mostTries = 6;

/** Creates one object with canaries as this actor, its parents first, and lets the owner read it back. */
export async function plantObject(
  workshop: Workshop,
  courier: Courier,
  order: {
    readonly resource: Resource;
    readonly actor: ActorId;
    readonly tenant: string;
    readonly twin: PlantedObject['twin'];
    readonly purpose: string;
    /** Default: shared with the tenant, as most data is. */
    readonly exposure?: Exposure;
  },
  path: readonly Referent[] = [],
): Promise<PlantResult> {
  const { graph, context } = workshop;
  const { resource, actor, tenant, twin, exposure = 'shared' } = order;
  const { create } = resource;
  const exchanges: ExchangeId[] = [];
  const fail = (because: string, denied = false): PlantResult => ({
    kind: 'not-planted',
    operation: create?.id ?? resource.type,
    actor,
    because,
    denied,
    exchanges,
  });
  const unplantable = unplantableBecause(resource, workshop.rules);
  if (!create || unplantable !== null) return fail(unplantable ?? 'no operation creates one');
  if (path.includes(resource.referent)) return fail('its parents form a circle');

  const values = await valuesFor(workshop, courier, order, [...path, resource.referent]);
  if (values.kind === 'missing') return fail(values.because);
  const bound = graph.boundSlots(create);
  const filled = fillCall(create, bound, values.values);
  if (filled.kind === 'unfilled') return fail(`nothing is known to fill ${filled.slot} with`);

  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const made = workshop.body(
      create,
      exposure === 'private' ? 'create-private' : 'create',
      actor,
      values.values,
    );
    const body = create.body ? encodedAs(create, made.value) : null;
    if (create.body && body === null) return fail(`bodies of type ${create.body.contentType} are not made`);
    const ref = context.ledger.intend({
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
    context.leaks.watch(ref);
    const call: Call = {
      operation: create,
      url: filled.url,
      headers: filled.headers,
      body,
      effect: { kind: 'create', entry: ref },
      purpose: `${order.purpose}: create ${resource.type}`,
    };
    const answer = await courier.send(asActor(actor), call);
    exchanges.push(...exchangesOf(answer));
    const moved =
      answer.kind === 'answer' &&
      answer.status >= 300 &&
      answer.status < 400 &&
      answer.header('location') !== null;
    if (answer.kind === 'answer' && (isSuccess(answer) || moved)) {
      if (made.canaries.length === 0) {
        context.ledger.leftover(
          ref,
          'it has no field that can carry a canary, so that it cannot be found again',
        );
        return fail('no field of it can carry a canary');
      }
      return settle(workshop, courier, {
        ...order,
        answer,
        call,
        ref,
        exposure,
        exposureIsChoice: made.decidesExposure,
        canaries: made.canaries,
        values: values.values,
        exchanges,
      });
    }
    enterUnmade(context.ledger, ref, answer);
    if (answer.kind !== 'answer') return fail(outcomeOf(answer));
    const json = answer.json() ?? answer.text;
    const refused = answer.status === 403 ? refusedFields(json, made.value) : [];
    if (answer.status !== 400 && answer.status !== 422 && refused.length === 0) {
      return fail(
        `creating one was ${outcomeOf(answer)}`,
        answer.status === 401 || answer.status === 403 || answer.status === 404,
      );
    }
    const recipe = workshop.recipes.get(create.id) ?? {
      shape: create.body ?? null,
      directives: new Map(),
      wrapper: null,
    };
    const complaints = refused.length > 0 ? refused : readComplaints(json);
    const repaired = repairRecipe(recipe, complaints, made.value);
    if (!repaired)
      return fail(
        `creating one was answered ${answer.status}, and the answer does not say what is wrong with the body`,
      );
    workshop.recipes.set(create.id, repaired);
  }
  return fail(`its body was still refused after ${mostTries} repairs`);
}

type Values =
  | { readonly kind: 'values'; readonly values: Map<Referent, string> }
  | { readonly kind: 'missing'; readonly because: string };

/** Values of the slots of a creating request: the tenant's own names, and parents that are planted when there are none yet. */
async function valuesFor(
  workshop: Workshop,
  courier: Courier,
  order: {
    readonly resource: Resource;
    readonly actor: ActorId;
    readonly tenant: string;
    readonly purpose: string;
  },
  path: readonly Referent[],
): Promise<Values> {
  const { create } = order.resource;
  if (!create) return { kind: 'missing', because: 'no operation creates one' };
  const values = workshop.scopeValues(create, order.tenant);
  const parents = new Set([
    ...workshop.graph
      .boundSlots(create)
      .filter((slot) => slot.required)
      .map((slot) => slot.referent),
    ...bodyReferences(create, workshop.graph).map((one) => one.referent),
  ]);
  for (const referent of parents) {
    if (values.has(referent)) continue;
    const resource = workshop.graph.byReferent(referent);
    if (!resource) continue;
    const parent = await parentOf(workshop, courier, { ...order, resource }, path);
    if (parent.kind === 'not-planted') {
      return {
        kind: 'missing',
        because: `it lies below ${resource.type}, of which none could be made: ${parent.because}`,
      };
    }
    for (const [key, value] of parent.object.values) if (!values.has(key)) values.set(key, value);
  }
  return { kind: 'values', values };
}

async function parentOf(
  workshop: Workshop,
  courier: Courier,
  order: {
    readonly resource: Resource;
    readonly actor: ActorId;
    readonly tenant: string;
    readonly purpose: string;
  },
  path: readonly Referent[],
): Promise<PlantResult> {
  const { resource, actor, tenant } = order;
  const known = workshop.objects.filter(
    (one) => one.resource === resource && one.tenant === tenant && one.twin === 'victim',
  );
  const object = known.find((one) => one.owner === actor) ?? known[0];
  if (object) return { kind: 'planted', object };
  return plantByLowest(workshop, courier, { resource, tenant, twin: 'victim', purpose: order.purpose }, path);
}

/** Creates one object as the lowest role that is able to, of a tenant. */
export async function plantByLowest(
  workshop: Workshop,
  courier: Courier,
  order: {
    readonly resource: Resource;
    readonly tenant: string;
    readonly twin: PlantedObject['twin'];
    readonly purpose: string;
  },
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

/** Finds the new object's id, enters it into the ledger, and lets its owner read the canary back. */
async function settle(
  workshop: Workshop,
  courier: Courier,
  fresh: {
    readonly resource: Resource;
    readonly actor: ActorId;
    readonly tenant: string;
    readonly twin: PlantedObject['twin'];
    readonly exposure: Exposure;
    readonly exposureIsChoice: boolean;
    readonly purpose: string;
    readonly answer: Answer;
    readonly call: Call;
    readonly ref: PlantedObject['ref'];
    readonly canaries: readonly Canary[];
    readonly values: SlotValues;
    readonly exchanges: ExchangeId[];
  },
): Promise<PlantResult> {
  const { graph, context } = workshop;
  const { resource, actor, ref, canaries, exchanges } = fresh;
  const item = resource.read ?? resource.updates[0] ?? resource.remove;
  const itemSlot = item ? (graph.boundSlots(item).findLast((slot) => slot.in === 'path') ?? null) : null;
  const declared = item?.slots.find((slot) => slot.in === 'path' && slot.name === itemSlot?.name);
  const shape =
    itemSlot === null
      ? null
      : { name: itemSlot.name, ...(declared?.schema ? { schema: declared.schema } : {}) };
  const sender = asActor(actor);

  const ids = [...objectIdsIn(fresh.answer, resource.type, shape)];
  if (ids.length === 0) {
    for (const list of resource.lists) {
      const filled = fillCall(list, graph.boundSlots(list), fresh.values);
      if (filled.kind === 'unfilled') continue;
      const answer = await courier.send(sender, {
        operation: list,
        ...filled,
        body: null,
        effect: noEffect,
        purpose: `${fresh.purpose}: find its id`,
      });
      exchanges.push(...exchangesOf(answer));
      const marker = canaries[0]?.value;
      if (answer.kind === 'answer' && marker !== undefined)
        ids.push(...objectIdsByMarker(answer.json(), marker, resource.type, shape));
      if (ids.length > 0) break;
    }
  }
  const enter = (id: string): Map<Referent, string> => {
    const values = new Map(fresh.values);
    values.set(resource.referent, id);
    const remove = resource.remove
      ? fillCall(resource.remove, graph.boundSlots(resource.remove), values)
      : null;
    const read = resource.read ? fillCall(resource.read, graph.boundSlots(resource.read), values) : null;
    const list = resource.lists[0]
      ? fillCall(resource.lists[0], graph.boundSlots(resource.lists[0]), values)
      : null;
    const slots = item ? fillCall(item, graph.boundSlots(item), values) : null;
    context.ledger.created(ref, {
      objectId: id,
      slots: slots?.kind === 'filled' ? slots.slots : { id },
      readUrl: read?.kind === 'filled' ? read.url : null,
      deleteUrl: remove?.kind === 'filled' ? remove.url : null,
      listUrl: list?.kind === 'filled' ? list.url : null,
    });
    return values;
  };

  const choose = async (): Promise<{
    readonly id: string;
    readonly values: Map<Referent, string>;
    readonly reads: boolean;
  } | null> => {
    for (const id of ids.slice(0, 3)) {
      const values = enter(id);
      const reads = await ownerReads(workshop, courier, { ...fresh, values });
      exchanges.push(...reads.exchanges);
      if (reads.seen) return { id, values, reads: true };
    }
    const [first] = ids;
    return first === undefined ? null : { id: first, values: enter(first), reads: false };
  };
  const chosen = await choose();
  if (!chosen) {
    context.ledger.leftover(ref, 'it was made, but its id is nowhere to be found');
    return {
      kind: 'not-planted',
      operation: fresh.call.operation.id,
      actor,
      because: 'one was made, but its id is nowhere to be found',
      denied: false,
      exchanges,
    };
  }
  const object: PlantedObject = {
    ref,
    resource,
    owner: actor,
    tenant: fresh.tenant,
    twin: fresh.twin,
    exposure: fresh.exposure,
    exposureIsChoice: fresh.exposureIsChoice,
    id: chosen.id,
    idPointer:
      jsonScalars(fresh.answer.json()).find(({ value }) => String(value) === chosen.id)?.pointer ?? null,
    values: chosen.values,
    canaries,
    made: fresh.call,
    ownerReads: chosen.reads,
    exchanges,
  };
  workshop.objects.push(object);
  return { kind: 'planted', object };
}

async function ownerReads(
  workshop: Workshop,
  courier: Courier,
  fresh: {
    readonly resource: Resource;
    readonly actor: ActorId;
    readonly values: SlotValues;
    readonly canaries: readonly Canary[];
    readonly purpose: string;
  },
): Promise<{ readonly seen: boolean; readonly exchanges: readonly ExchangeId[] }> {
  const operations = fresh.resource.read ? [fresh.resource.read] : fresh.resource.lists;
  const exchanges: ExchangeId[] = [];
  for (const operation of operations) {
    const filled = fillCall(operation, workshop.graph.boundSlots(operation), fresh.values);
    if (filled.kind === 'unfilled') continue;
    const answer = await courier.send(asActor(fresh.actor), {
      operation,
      url: filled.url,
      headers: filled.headers,
      body: null,
      effect: noEffect,
      purpose: `${fresh.purpose}: the owner reads it back`,
    });
    exchanges.push(...exchangesOf(answer));
    if (isSuccess(answer) && showsAny(answer, fresh.canaries)) return { seen: true, exchanges };
  }
  return { seen: false, exchanges };
}
