import { anonymous, type ActorId, type ExchangeId, type Operation } from '@launch-ready/core';
import type { Canary } from '../ledger/ledger.ts';
import { fillCall } from '../access/call-shape.ts';
import {
  asActor,
  exchangesOf,
  isSuccess,
  noEffect,
  type Call,
  type Courier,
  type Delivery,
} from '../cross-tenant/courier.ts';
import { isDistinctive } from './distinctive-value.ts';
import { isJsonObject, jsonScalars, type JsonObject } from './json-scalars.ts';
import { idsOfItem } from '../access/object-ids.ts';
import type { PlantedObject } from './planted-object.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { Referent, Resource } from '../access/resource-graph.ts';
import type { Workshop } from './workshop.ts';

/** Why nothing of a kind could be harvested in a tenant. */
export interface NotHarvested {
  readonly operation: string;
  readonly actor: ActorId;
  readonly because: string;
}

/** What a list showed somebody of a tenant. */
interface Shown {
  readonly tenant: string;
  readonly actor: ActorId;
  readonly call: Call;
  readonly answer: Delivery;
  readonly values: ReadonlyMap<Referent, string>;
}

const most = 2;
const mostLooks = 6;
const mostCanaries = 8;

/**
 * Finds existing objects of these kinds that one tenant alone is shown, with values in them that nobody else was answered in the
 * whole baseline: what every actor and anonymous see in all lists and feeds. Only reads are sent. What several tenants are
 * shown may be shared on purpose, and is left out.
 */
export async function harvest(
  workshop: Workshop,
  courier: Courier,
  resources: readonly Resource[],
): Promise<readonly NotHarvested[]> {
  const missing: NotHarvested[] = [];
  if (resources.length === 0) return missing;
  const inOrder = resources.toSorted((a, b) => depthOf(a) - depthOf(b));
  const heard = await feeds(workshop, courier);
  for (const resource of inOrder) {
    const [list] = resource.lists;
    if (!list) {
      missing.push({
        operation: resource.read?.id ?? resource.type,
        actor: anonymous,
        because: 'no list shows any',
      });
      continue;
    }
    const shown: Shown[] = [];
    for (const tenant of workshop.context.target.tenants)
      shown.push(...(await showTo(workshop, courier, list, tenant)));
    heard.push(...shown.map(({ tenant, answer }) => ({ tenant, text: textOf(answer) })));
    const [first] = shown;
    if (first)
      heard.push({
        tenant: null,
        text: textOf(
          await courier.send(nobody, { ...first.call, purpose: 'harvest: what anonymous is shown' }),
        ),
      });
    for (const tenant of workshop.context.target.tenants) {
      const because = await harvestOf(workshop, courier, { resource, list, tenant, shown, heard });
      const actor = actorsOf(workshop.context, tenant)[0]?.id ?? anonymous;
      if (because !== null) missing.push({ operation: (resource.read ?? list).id, actor, because });
    }
  }
  return missing;
}

interface Heard {
  /** Null for anonymous. */
  readonly tenant: string | null;
  readonly text: string;
}

const nobody = { kind: 'credential', actor: anonymous, credential: null } as const;
const depthOf = (resource: Resource): number =>
  (resource.lists[0]?.path ?? resource.read?.path ?? '').split('{').length;
const textOf = (answer: Delivery): string => (answer.kind === 'answer' ? answer.text.toLowerCase() : '');

/** What everybody is answered by reads that need nothing filled in but the tenant's own name. */
async function feeds(workshop: Workshop, courier: Courier): Promise<Heard[]> {
  const heard: Heard[] = [];
  for (const operation of workshop.graph.otherReads)
    for (const tenant of workshop.context.target.tenants)
      for (const { answer } of await showTo(workshop, courier, operation, tenant))
        heard.push({ tenant, text: textOf(answer) });
  return heard;
}

/** One read as the strongest and the weakest of a tenant. */
async function showTo(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
): Promise<readonly Shown[]> {
  const parents = workshop.harvested.filter((one) => one.tenant === tenant && one.twin === 'victim');
  const values = new Map<Referent, string>([
    ...parents.flatMap((one) => [...one.values]),
    ...workshop.scopeValues(operation, tenant),
  ]);
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), values);
  if (filled.kind === 'unfilled') return [];
  const all = actorsOf(workshop.context, tenant);
  const shown: Shown[] = [];
  for (const actor of new Set([all[0]?.id, all.at(-1)?.id])) {
    if (actor === undefined) continue;
    const purpose = `harvest: what ${actor} is shown`;
    const call: Call = {
      operation,
      url: filled.url,
      headers: filled.headers,
      body: null,
      effect: noEffect,
      purpose,
    };
    shown.push({ tenant, actor, call, answer: await courier.send(asActor(actor), call), values });
  }
  return shown;
}

async function harvestOf(
  workshop: Workshop,
  courier: Courier,
  about: {
    readonly resource: Resource;
    readonly list: Operation;
    readonly tenant: string;
    readonly shown: readonly Shown[];
    readonly heard: readonly Heard[];
  },
): Promise<string | null> {
  const { resource, tenant, shown, heard } = about;
  const mine = shown.find((one) => one.tenant === tenant && isSuccess(one.answer));
  if (!mine || mine.answer.kind !== 'answer') return 'nobody of the tenant is shown a list of them';
  const item = resource.read ?? resource.updates[0] ?? resource.remove;
  const slotName = item?.path.match(/\{([^}]+)\}[^{]*$/)?.[1];
  const slot = slotName === undefined ? null : { name: slotName };
  const foreign = heard.filter((one) => one.tenant !== tenant).map(({ text }) => text);
  const items = itemsIn(mine.answer.json());
  if (items.length === 0) return 'the list of them is empty';
  const notTheirs = (text: string): boolean => foreign.every((other) => !other.includes(text.toLowerCase()));
  let shared = 0;
  let found = 0;
  for (const one of items.slice(0, mostLooks)) {
    if (found === most) break;
    const id = idsOfItem(one, resource.type, slot)[0];
    if (id === undefined || isOpen(one)) continue;
    if (id.length >= 6 && !notTheirs(id)) {
      shared += 1;
      continue;
    }
    const values = new Map([...mine.values, [resource.referent, id] as const]);
    const seen = await ownValues(workshop, courier, resource, mine, values, one);
    if (seen.isOpen) continue;
    const canaries = seen.canaries.filter(({ value }) => notTheirs(value)).slice(0, mostCanaries);
    if (canaries.length === 0) {
      shared += 1;
      continue;
    }
    keep(workshop, {
      resource,
      mine,
      id,
      values,
      canaries,
      twin: found === 0 ? 'victim' : 'control',
      exchanges: [...exchangesOf(mine.answer), ...seen.exchanges],
    });
    found += 1;
  }
  if (found > 0) return null;
  return shared > 0
    ? 'what others are shown as well, or holds nothing that tells whose it is, may be shared on purpose'
    : 'none of them is private by what it says of itself';
}

/** Values of an object as its owner reads it by itself, or in the list when there is no other way. */
async function ownValues(
  workshop: Workshop,
  courier: Courier,
  resource: Resource,
  mine: Shown,
  values: ReadonlyMap<Referent, string>,
  item: JsonObject,
): Promise<{
  readonly canaries: readonly Canary[];
  readonly isOpen: boolean;
  readonly exchanges: readonly ExchangeId[];
}> {
  const names = workshop.context.target.actors
    .map(({ id }) => workshop.context.sessions.secretOf(id)?.username.toLowerCase())
    .filter((name) => name !== undefined);
  const marked = (json: unknown): readonly Canary[] =>
    jsonScalars(json).flatMap(({ pointer, key, value }) =>
      isDistinctive(key, value) && !names.some((name) => value.toLowerCase().includes(name))
        ? [{ value: value.toLowerCase(), pointer }]
        : [],
    );
  if (!resource.read) {
    const own = new Set(marked(item).map(({ value }) => value));
    const listed = mine.answer.kind === 'answer' ? marked(mine.answer.json()) : [];
    return { canaries: listed.filter(({ value }) => own.has(value)), isOpen: false, exchanges: [] };
  }
  const filled = fillCall(resource.read, workshop.graph.boundSlots(resource.read), values);
  if (filled.kind === 'unfilled') return { canaries: [], isOpen: false, exchanges: [] };
  const answer = await courier.send(asActor(mine.actor), {
    operation: resource.read,
    url: filled.url,
    headers: filled.headers,
    body: null,
    effect: noEffect,
    purpose: `harvest: ${mine.actor} reads one of its own`,
  });
  const json = answer.kind === 'answer' && isSuccess(answer) ? answer.json() : undefined;
  return {
    canaries: marked(json),
    isOpen: isJsonObject(json) && [json, ...Object.values(json).filter(isJsonObject)].some(isOpen),
    exchanges: exchangesOf(answer),
  };
}

function keep(
  workshop: Workshop,
  found: Pick<PlantedObject, 'resource' | 'id' | 'values' | 'canaries' | 'twin' | 'exchanges'> & {
    readonly mine: Shown;
  },
): void {
  const { mine, ...object } = found;
  const { ledger, leaks } = workshop.context;
  const about = { actor: mine.actor, tenant: mine.tenant, type: object.resource.type, twin: object.twin };
  const ref = ledger.found({ ...about, operation: mine.call.operation.id });
  leaks.watch(
    ref,
    object.canaries.map(({ value }) => value),
  );
  workshop.harvested.push({
    ...object,
    ref,
    origin: 'harvested',
    owner: mine.actor,
    tenant: mine.tenant,
    exposure: 'shared',
    exposureIsChoice: false,
    idPointer: null,
    made: mine.call,
    ownerReads: true,
  });
}

/** Objects of the longest list in an answer. */
function itemsIn(json: unknown): readonly JsonObject[] {
  if (Array.isArray(json)) return json.filter(isJsonObject);
  if (!isJsonObject(json)) return [];
  return Object.values(json)
    .map((inner) => itemsIn(inner))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), []);
}

/** Whether an object says of itself that more than its tenant may see it. */
const isOpen = (item: JsonObject): boolean =>
  Object.entries(item).some(
    ([name, value]) =>
      (/^(is_?)?(public|published|listed|shared|open|global|template)$/i.test(name) && value === true) ||
      (/visib|privacy|audience|access|sharing|status/i.test(name) &&
        typeof value === 'string' &&
        /public|published|everyone|anyone|shared|world|global|listed/i.test(value)) ||
      (/^(published_?at|share_?(url|link|token)|shared_?with)$/i.test(name) &&
        value !== null &&
        value !== '' &&
        !(Array.isArray(value) && value.length === 0)),
  );
