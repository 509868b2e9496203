import type { ActorId, ExchangeId, Operation } from '@launch-ready/core';
import type { Ledger } from '../ledger/ledger.ts';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { readComplaints } from './complaints.ts';
import {
  asActor,
  changes,
  exchangesOf,
  isSuccess,
  outcomeOf,
  type Courier,
  type Delivery,
} from '../cross-tenant/courier.ts';
import { changedLeaves, viewAsOwner, type OwnerView } from '../cross-tenant/owner-view.ts';
import { plantObject } from './plant-object.ts';
import type { PlantedObject } from './planted-object.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import { repairRecipe } from './repair-recipe.ts';
import { withoutAddresses } from './without-addresses.ts';
import type { Workshop } from './workshop.ts';

/** Whether an actor was seen to do something to an object of its own tenant, by what the owner then saw. */
export interface Capability {
  /** `denied`: refused as not permitted; `unclear`: neither done nor clearly refused. */
  readonly state: 'able' | 'denied' | 'unclear';
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
  /** Refused as a wrong request, and nothing was said of any field. */
  readonly mute?: boolean;
}

const refusals = new Set([401, 403, 404]);

const updateTries = 4;

/** Changes an object of one's own tenant; done when the owner then reads the new canary. Learns what body is accepted. */
export async function canUpdate(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  actor: ActorId,
  object: PlantedObject,
): Promise<Capability> {
  return remembered(workshop, `${operation.id} ${actor}`, async () => {
    const exchanges: ExchangeId[] = [];
    const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
    if (filled.kind === 'unfilled')
      return { state: 'unclear', because: `nothing is known to fill ${filled.slot} with`, exchanges };
    for (let attempt = 1; attempt <= updateTries; attempt += 1) {
      const made = workshop.body(operation, 'update', actor, object.values);
      if (made.canaries.length === 0)
        return { state: 'unclear', because: 'no field of its body can carry a canary', exchanges };
      const body = encodedAs(operation, made.value);
      if (!body)
        return {
          state: 'unclear',
          because: `bodies of type ${operation.body?.contentType ?? 'unknown'} are not made`,
          exchanges,
        };
      workshop.remark(object.ref, made.canaries);
      const answer = await courier.send(asActor(actor), {
        operation,
        url: filled.url,
        headers: filled.headers,
        body,
        effect: changes(object.ref),
        purpose: `control: ${actor} changes ${object.resource.type} of its own tenant`,
      });
      exchanges.push(...exchangesOf(answer));
      const status = answer.kind === 'answer' ? answer.status : 0;
      if (answer.kind === 'answer' && (status === 400 || status === 422 || status >= 500)) {
        const recipe = workshop.recipes.get(operation.id) ?? {
          shape: operation.body ?? null,
          directives: new Map(),
          wrapper: null,
        };
        const repaired =
          status >= 500
            ? withoutAddresses(recipe, operation, made.value)
            : repairRecipe(recipe, readComplaints(answer.json() ?? answer.text), made.value);
        if (repaired) {
          workshop.recipes.set(operation.id, repaired);
          continue;
        }
      }
      const after = await viewAsOwner(workshop, courier, object, 'control: the owner reads it back');
      exchanges.push(...after.exchanges);
      if (made.canaries.some(({ value }) => after.text.includes(value))) {
        return { state: 'able', because: 'its owner then read the change', exchanges };
      }
      const denied = answer.kind === 'answer' && refusals.has(answer.status);
      return {
        state: denied ? 'denied' : 'unclear',
        because: `${actor} did not change ${object.resource.type} of its own tenant: ${outcomeOf(answer)}`,
        exchanges,
        mute: isMute(answer),
      };
    }
    return {
      state: 'unclear',
      because: `its body was still refused after ${updateTries} repairs`,
      exchanges,
    };
  });
}

/** Deletes a throw-away of one's own tenant; done when its owner no longer finds it. */
export async function canDelete(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  actor: ActorId,
  like: PlantedObject,
): Promise<Capability> {
  return remembered(workshop, `${operation.id} ${actor}`, async () => {
    const plain = await tryDelete(workshop, courier, operation, actor, like, false);
    if (plain !== 'kept') return plain;
    // It may be kept and marked as removed: seen on another one, of which is known how it looked before.
    const careful = await tryDelete(workshop, courier, operation, actor, like, true);
    return careful === 'kept'
      ? {
          state: 'unclear',
          because: `${actor} was answered with success, and nothing changed`,
          exchanges: [],
        }
      : careful;
  });
}

/** `kept`: answered with success, and its owner still finds it. With `careful`, a change of its state counts as well. */
async function tryDelete(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  actor: ActorId,
  like: PlantedObject,
  careful: boolean,
): Promise<Capability | 'kept'> {
  const exchanges: ExchangeId[] = [];
  const order = {
    resource: like.resource,
    tenant: like.tenant,
    twin: 'throwaway',
    purpose: 'control',
  } as const;
  const { create } = like.resource;
  // Who was refused to make one is not asked to again.
  const mayNot = create !== null && receivedAnswers(workshop.context).refusedCreate(create, actor) !== null;
  const spared = takeSpared(workshop, like, (owner) => owner === actor || mayNot);
  const own = mayNot || spared ? null : await plantObject(workshop, courier, { ...order, actor });
  const result = spared
    ? ({ kind: 'planted', object: spared.object } as const)
    : own?.kind === 'planted'
      ? own
      : await plantObject(workshop, courier, { ...order, actor: like.owner });
  exchanges.push(...(result.kind === 'planted' ? result.object.exchanges : result.exchanges));
  if (result.kind === 'not-planted')
    return { state: 'unclear', because: `no throw-away could be made: ${result.because}`, exchanges };
  const { object } = result;
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
  if (filled.kind === 'unfilled')
    return { state: 'unclear', because: `nothing is known to fill ${filled.slot} with`, exchanges };
  const before =
    spared?.view ??
    (careful ? await viewAsOwner(workshop, courier, object, 'control: the owner reads it') : null);
  const made = workshop.body(operation, 'update', actor, object.values);
  const answer = await courier.send(asActor(actor), {
    operation,
    url: filled.url,
    headers: filled.headers,
    body: operation.body?.required ? encodedAs(operation, made.value) : null,
    effect: changes(object.ref),
    purpose: `control: ${actor} deletes ${object.resource.type} of its own tenant`,
  });
  exchanges.push(...exchangesOf(answer));
  const after = await viewAsOwner(workshop, courier, object, 'control: the owner looks for it');
  exchanges.push(...after.exchanges);
  if (object.ownerReads && after.gone) {
    workshop.context.ledger.cleaned(object.ref);
    return { state: 'able', because: 'its owner no longer found it', exchanges };
  }
  // An object that is kept and marked as removed shows another state.
  if (isSuccess(answer) && after.present) {
    if (!before) return 'kept';
    const again = await viewAsOwner(workshop, courier, object, 'control: the owner reads it again');
    if (changedLeaves(again, after, before).length > 0)
      return { state: 'able', because: 'its owner then saw it in another state', exchanges };
  }
  const denied = answer.kind === 'answer' && refusals.has(answer.status);
  if (denied && after.present) spareObject(workshop, object, after);
  return {
    state: denied ? 'denied' : 'unclear',
    because: `${actor} did not delete ${object.resource.type} of its own tenant: ${outcomeOf(answer)}`,
    exchanges,
    mute: isMute(answer) && after.present,
  };
}

const isMute = (answer: Delivery): boolean =>
  answer.kind === 'answer' &&
  (answer.status === 400 || answer.status === 422) &&
  readComplaints(answer.json() ?? answer.text).length === 0;

/** A throw-away that a refused delete left as it was, and how its owner saw it then: good for the next one who tries. */
interface Spared {
  readonly object: PlantedObject;
  readonly view: OwnerView;
}

const sparedObjects = new WeakMap<Ledger, Spared[]>();

/** Keeps a throw-away that is as it was for the next one who wants to delete such an object. */
export function spareObject(workshop: Workshop, object: PlantedObject, view: OwnerView): void {
  sparedOf(workshop).push({ object, view });
}

function sparedOf({ context }: Workshop): Spared[] {
  const known = sparedObjects.get(context.ledger) ?? [];
  sparedObjects.set(context.ledger, known);
  return known;
}

function takeSpared(
  workshop: Workshop,
  like: PlantedObject,
  fits: (owner: ActorId) => boolean,
): Spared | null {
  const all = sparedOf(workshop);
  const index = all.findIndex(
    ({ object }) =>
      object.resource === like.resource &&
      object.tenant === like.tenant &&
      fits(object.owner) &&
      workshop.context.ledger.entry(object.ref).state === 'created',
  );
  return index < 0 ? null : (all.splice(index, 1)[0] ?? null);
}

async function remembered(
  workshop: Workshop,
  key: string,
  find: () => Promise<Capability>,
): Promise<Capability> {
  const known = workshop.capabilities.get(key);
  if (known) return known;
  const found = await find();
  workshop.capabilities.set(key, found);
  return found;
}
