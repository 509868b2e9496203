import { isSafeMethod, type Actor, type ExchangeId, type Operation } from '@launch-ready/core';
import { encodedAs } from './call-shape.ts';
import { canDelete, canUpdate, type Capability } from './capability.ts';
import { coverageSubject } from './coverage-subject.ts';
import {
  asActor,
  exchangesOf,
  isSuccess,
  noEffect,
  outcomeOf,
  type Courier,
  type Delivery,
} from './courier.ts';
import { isEmptyTalk } from './empty-talk.ts';
import { flatSchema } from './flat-schema.ts';
import { isJsonObject } from './json-scalars.ts';
import { plantObject } from './plant-object.ts';
import type { PlantedObject } from './planted-object.ts';
import { unplantableBecause } from './plantable.ts';
import type { Resource } from './resource-graph.ts';
import type { Workshop } from './workshop.ts';

/** What one actor was seen to be able to do with one operation. */
export interface ObservedRight {
  readonly actor: Actor;
  readonly observed: 'allowed' | 'denied' | 'untested';
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

interface Raw {
  readonly actor: Actor;
  /** `farther`: not seen to be allowed, but let through where others are stopped. */
  readonly state: Capability['state'] | 'farther';
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/**
 * Calls an operation as each actor of one tenant, given from the strongest to the weakest. Allowed needs content or effect;
 * denied needs a refusal beside a stronger actor that is allowed.
 */
export async function observedRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
): Promise<readonly ObservedRight[]> {
  const raw = await rawRights(workshop, courier, operation, tenant, actors);
  return raw.map(({ actor, state, because, exchanges }, index): ObservedRight => {
    if (state === 'able') return { actor, observed: 'allowed', because, exchanges };
    const stronger = raw.slice(0, index).find((one) => one.state === 'able' || one.state === 'farther');
    if (state === 'denied' && stronger)
      return {
        actor,
        observed: 'denied',
        because: `${because}, while ${stronger.because}`,
        exchanges: [...exchanges, ...stronger.exchanges],
      };
    return {
      actor,
      observed: 'untested',
      because: state === 'denied' ? `${because}, and no stronger role was seen to be allowed` : because,
      exchanges,
    };
  });
}

async function rawRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
): Promise<readonly Raw[]> {
  const { resources } = workshop.graph;
  if (isSafeMethod(operation.method)) return readRights(workshop, courier, operation, tenant, actors);
  const changed = resources.find((one) => one.remove === operation || one.updates.includes(operation));
  if (changed?.referent.startsWith('scope ')) {
    // Whoever makes a tenant is its strongest, whatever the role elsewhere; and the tenants of the target file are not ours.
    const because = 'the tenant itself is not changed';
    return actors.map((actor) => ({ actor, state: 'unclear', because, exchanges: [] }));
  }
  if (changed && !workshop.objects.some((one) => one.resource === changed && one.tenant === tenant)) {
    return absentRights(workshop, courier, operation, tenant, actors);
  }
  if (changed)
    return weakestFirst(actors, (actor) => changeRight(workshop, courier, operation, changed, tenant, actor));
  const created = resources.find((one) => one.create === operation);
  if (created && unplantableBecause(created, workshop.rules) === null) {
    return weakestFirst(actors, (actor) => createRight(workshop, courier, created, tenant, actor));
  }
  return malformedRights(workshop, courier, operation, tenant, actors);
}

/** The weakest acts first, so that what only the strong may do is still there when they try. */
async function weakestFirst(
  actors: readonly Actor[],
  find: (actor: Actor) => Promise<Capability>,
): Promise<readonly Raw[]> {
  const found: Raw[] = [];
  for (const actor of actors.toReversed()) found.push({ actor, ...(await find(actor)) });
  return found.toReversed();
}

async function readRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
): Promise<readonly Raw[]> {
  const subject = coverageSubject(workshop, operation, tenant, { ownTenant: true });
  if (subject?.filled.kind !== 'filled') {
    return absentRights(workshop, courier, operation, tenant, actors);
  }
  const { url, headers } = subject.filled;
  const asked: { readonly actor: Actor; readonly answer: Delivery; readonly shows: boolean }[] = [];
  for (const actor of actors) {
    const answer = await courier.send(asActor(actor.id), {
      operation,
      url,
      headers,
      body: null,
      effect: noEffect,
      purpose: `what the role ${actor.role} is answered`,
    });
    const [exchange] = exchangesOf(answer);
    const seen = exchange === undefined ? [] : workshop.context.leaks.inExchange(exchange);
    asked.push({ actor, answer, shows: isSuccess(answer) && seen.length > 0 });
  }
  const somebodySees = asked.find(({ shows }) => shows);
  const model = asked.find(({ answer }) => isSuccess(answer) && !isEmptyTalk(answer));
  return asked.map(({ actor, answer, shows }): Raw => {
    const exchanges = exchangesOf(answer);
    const said = `${actor.id} was ${outcomeOf(answer)}`;
    if (shows) return { actor, state: 'able', because: `${said} with a canary`, exchanges };
    if (answer.kind === 'answer' && [401, 403, 404].includes(answer.status))
      return { actor, state: 'denied', because: said, exchanges };
    if (!isSuccess(answer) || isEmptyTalk(answer))
      return { actor, state: 'unclear', because: `${said} with nothing to judge by`, exchanges };
    if (somebodySees)
      return {
        actor,
        state: 'unclear',
        because: `${said} without the objects that ${somebodySees.actor.id} sees`,
        exchanges,
      };
    if (model && sameShape(answer, model.answer))
      return { actor, state: 'able', because: `${said} with content`, exchanges };
    return {
      actor,
      state: 'unclear',
      because: `${said} with other content than ${model?.actor.id ?? 'anybody'}`,
      exchanges,
    };
  });
}

const shape = (value: unknown): string => {
  if (Array.isArray(value)) return `[${shape(value[0])}]`;
  return isJsonObject(value) ? Object.keys(value).toSorted().join(',') : typeof value;
};

export function sameShape(a: Delivery, b: Delivery): boolean {
  if (a.kind !== 'answer' || b.kind !== 'answer') return false;
  return shape(a.json()) === shape(b.json());
}

async function changeRight(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  resource: Resource,
  tenant: string,
  actor: Actor,
): Promise<Capability> {
  const object = await objectFor(workshop, courier, resource, tenant, actor);
  if (!object) return { state: 'unclear', because: `no ${resource.type} could be planted`, exchanges: [] };
  return resource.remove === operation
    ? canDelete(workshop, courier, operation, actor.id, object)
    : canUpdate(workshop, courier, operation, actor.id, object);
}

/** The actor's own object when it has one, so that the role is tried and not the ownership; else another of its tenant. */
async function objectFor(
  workshop: Workshop,
  courier: Courier,
  resource: Resource,
  tenant: string,
  actor: Actor,
): Promise<PlantedObject | null> {
  const live = workshop.objects.filter(
    (one) => one.resource === resource && one.tenant === tenant && one.twin !== 'throwaway',
  );
  const own = live.find((one) => one.owner === actor.id);
  if (own) return own;
  if (live.length === 0) return null;
  const made = await plantObject(workshop, courier, {
    resource,
    actor: actor.id,
    tenant,
    twin: 'throwaway',
    purpose: 'role',
  });
  return made.kind === 'planted'
    ? made.object
    : (live.find(({ twin }) => twin === 'control') ?? live[0] ?? null);
}

async function createRight(
  workshop: Workshop,
  courier: Courier,
  resource: Resource,
  tenant: string,
  actor: Actor,
): Promise<Capability> {
  const own = workshop.objects.find((one) => one.resource === resource && one.owner === actor.id);
  if (own)
    return { state: 'able', because: `${actor.id} created one and found it again`, exchanges: own.exchanges };
  const made = await plantObject(workshop, courier, {
    resource,
    actor: actor.id,
    tenant,
    twin: 'throwaway',
    purpose: 'role',
  });
  if (made.kind === 'planted')
    return {
      state: made.object.ownerReads ? 'able' : 'unclear',
      because: `${actor.id} created one`,
      exchanges: made.object.exchanges,
    };
  return { state: made.denied ? 'denied' : 'unclear', because: made.because, exchanges: made.exchanges };
}

const notForThis =
  /(^|\/)(log-?in|log-?out|sign-?in|sign-?up|sign-?out|register|auth|sessions?|tokens?|passwords?|verify|refresh|oauth2?|sso|mfa)(\/|$)/i;

/**
 * For operations whose effect is not ours to cause: a body that lacks what is required tells who gets as far as its
 * validation. Refused for one role and complained about for a stronger one means denied.
 */
async function malformedRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
): Promise<readonly Raw[]> {
  const because = 'calling it would change what is not ours';
  const required = flatSchema(operation.body?.schema ?? {}).required;
  const subject = coverageSubject(workshop, operation, tenant, { ownTenant: true });
  if (
    !Array.isArray(required) ||
    required.length === 0 ||
    notForThis.test(operation.path) ||
    subject?.filled.kind !== 'filled' ||
    subject.object
  ) {
    return actors.map((actor) => ({ actor, state: 'unclear', because, exchanges: [] }));
  }
  const { url, headers, slots } = subject.filled;
  const { ledger } = workshop.context;
  const found: Raw[] = [];
  for (const actor of actors) {
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
    const answer = await courier.send(asActor(actor.id), {
      operation,
      url,
      headers,
      body: encodedAs(operation, {}),
      effect: { kind: 'create', entry: ref },
      purpose: `how far the role ${actor.role} gets with an invalid body`,
    });
    if (isSuccess(answer))
      ledger.leftover(ref, `an invalid body was ${outcomeOf(answer)}; it may have made something`);
    else ledger.notCreated(ref);
    const exchanges = exchangesOf(answer);
    const status = answer.kind === 'answer' ? answer.status : 0;
    if (status === 400 || status === 422)
      found.push({
        actor,
        state: 'able',
        because: `${actor.id} got as far as the validation (${status})`,
        exchanges,
      });
    else if (status === 401 || status === 403)
      found.push({
        actor,
        state: 'denied',
        because: `${actor.id} was answered ${status} before the validation`,
        exchanges,
      });
    else found.push({ actor, state: 'unclear', because: `${actor.id} was ${outcomeOf(answer)}`, exchanges });
    if (isSuccess(answer)) break;
  }
  const reached = found.some(({ state }) => state === 'denied');
  // Complaints about the body alone may come before any question of rights.
  return actors.map((actor) => {
    const one = found.find((raw) => raw.actor === actor) ?? {
      actor,
      state: 'unclear' as const,
      because,
      exchanges: [],
    };
    return one.state === 'able' && !reached
      ? {
          ...one,
          state: 'unclear' as const,
          because: `${one.because}, which may come before the question of rights`,
        }
      : one;
  });
}

/**
 * For objects that cannot be had: asks for an id that stands for nothing. Who is refused where a stronger role gets as far as
 * not finding it is denied; nothing can be changed that way.
 */
async function absentRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
): Promise<readonly Raw[]> {
  const subject = coverageSubject(workshop, operation, tenant, { madeUp: true, ownTenant: true });
  const found: Raw[] = [];
  for (const actor of actors) {
    if (subject?.filled.kind !== 'filled') {
      found.push({ actor, state: 'unclear', because: 'its path cannot be filled', exchanges: [] });
      continue;
    }
    const { url, headers, slots } = subject.filled;
    const { ledger } = workshop.context;
    const isRead = isSafeMethod(operation.method);
    const ref = isRead
      ? null
      : ledger.intend({
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
      body: operation.body ? encodedAs(operation, {}) : null,
      effect: ref === null ? noEffect : { kind: 'create', entry: ref },
      purpose: `how far the role ${actor.role} gets with an id that stands for nothing`,
    });
    if (ref !== null) {
      if (isSuccess(answer)) ledger.leftover(ref, `a change of nothing was ${outcomeOf(answer)}`);
      else ledger.notCreated(ref);
    }
    const status = answer.kind === 'answer' ? answer.status : 0;
    const because = `${actor.id} was ${outcomeOf(answer)} for an id that stands for nothing`;
    found.push({
      actor,
      state:
        status === 401 || status === 403
          ? 'denied'
          : status === 404 || status === 400 || status === 422
            ? 'able'
            : 'unclear',
      because,
      exchanges: exchangesOf(answer),
    });
  }
  // Not finding it proves no right by itself; it only shows that others were stopped earlier.
  return found.map((one) => (one.state === 'able' ? { ...one, state: 'farther' } : one));
}
