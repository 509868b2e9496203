import type { ActorId, Operation } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { jsonScalars, type JsonScalar } from '../plant/json-scalars.ts';
import { namedThing, singular } from './names.ts';
import { learnPersonalValues } from './personal-values.ts';
import { actorsOf } from './ranked-actors.ts';

/** Values that name each tenant in requests, by the thing they name: `org` to `north`. */
export interface TenantScope {
  readonly names: ReadonlySet<string>;
  /** Those of the names that stand for what belongs to one account, such as its basket. */
  readonly personal: ReadonlySet<string>;
  /** Null when nothing told it. */
  value(thing: string, tenant: string): string | null;
}

const identityPath =
  /(^|\/)(me|whoami|self|profile|session|account|current|userinfo|user|context|bootstrap)$/i;
const tenantWords =
  /^(org|organi[sz]ation|tenant|workspace|company|account|team|community|customer|client|shop|store|site|group|restaurant)$/;

/**
 * Learns what names each tenant: from the target file, then from answers about the actor itself, then from lists of
 * tenants, and at last what a login tells each account of its own. What was not told by the target file counts only when it
 * differs between the tenants.
 */
export async function learnTenantScope(context: ProbeContext): Promise<TenantScope> {
  const { target, operations } = context;
  const values = new Map<string, Map<string, string>>();
  const set = (thing: string, tenant: string, value: string): void => {
    const known = values.get(thing) ?? new Map<string, string>();
    if (!known.has(tenant)) known.set(tenant, value);
    values.set(thing, known);
    context.ledger.allowScope(value);
  };
  for (const [tenant, ids] of Object.entries(target.tenantIds)) {
    for (const [name, value] of Object.entries(ids)) {
      set(namedThing(name) || name.toLowerCase(), tenant, value);
      set(name.replace(/[^a-z\d]/gi, '').toLowerCase(), tenant, value);
    }
  }

  const wanted = slotThings(operations).filter(({ thing }) => tenantWords.test(thing) && !values.has(thing));
  if (wanted.length > 0) {
    const told = new Map<string, readonly JsonScalar[]>();
    for (const tenant of target.tenants) {
      const actor = actorsOf(context, tenant)[0];
      if (actor)
        told.set(
          tenant,
          await identityAnswers(
            context,
            actor.id,
            wanted.map(({ thing }) => thing),
          ),
        );
    }
    for (const { thing, slot } of wanted) {
      const found = [...told].flatMap(([tenant, scalars]): readonly (readonly [string, string])[] => {
        const value = valueFor(thing, slot, scalars);
        return value === null ? [] : [[tenant, value]];
      });
      const different = new Set(found.map(([, value]) => value)).size === found.length;
      if (found.length > 1 && different) for (const [tenant, value] of found) set(thing, tenant, value);
    }
  }
  const personal = await learnPersonalValues(context, new Set(values.keys()));
  for (const [thing, byTenant] of personal) for (const [tenant, value] of byTenant) set(thing, tenant, value);
  return {
    names: new Set(values.keys()),
    personal: new Set(personal.keys()),
    value: (thing, tenant) => values.get(thing)?.get(tenant) ?? null,
  };
}

/** Things that slots are about, with the slot's name; one entry a thing. */
function slotThings(
  operations: readonly Operation[],
): readonly { readonly thing: string; readonly slot: string }[] {
  const things = new Map<string, string>();
  for (const operation of operations) {
    const segments = operation.path.split('/');
    segments.forEach((segment, index) => {
      const name = /^\{([^}]+)\}$/.exec(segment)?.[1];
      if (name === undefined) return;
      const thing = namedThing(name) || singular((segments[index - 1] ?? '').toLowerCase());
      if (!things.has(thing)) things.set(thing, name);
    });
    for (const { in: place, name } of operation.slots) {
      const thing = namedThing(name.replace(/^x-/i, ''));
      if ((place === 'query' || place === 'header') && thing !== '' && !things.has(thing))
        things.set(thing, name);
    }
  }
  return [...things].map(([thing, slot]) => ({ thing, slot }));
}

async function identityAnswers(
  context: ProbeContext,
  actor: ActorId,
  things: readonly string[],
): Promise<readonly JsonScalar[]> {
  const { target, sessions, operations } = context;
  const gets = operations.filter(({ method, path }) => method === 'GET' && !path.includes('{'));
  const lists = gets.filter(({ path }) =>
    things.includes(singular((path.split('/').at(-1) ?? '').toLowerCase())),
  );
  const urls = new Set([
    ...(target.proof === null ? [] : [new URL(target.proof, target.api).href]),
    ...gets
      .filter(({ path }) => identityPath.test(path))
      .slice(0, 3)
      .map(({ origin, path }) => origin + path),
    ...lists.map(({ origin, path }) => origin + path),
  ]);
  const scalars: JsonScalar[] = [];
  for (const url of urls) {
    const answer = await sessions.send(actor, {
      probe: 'access/plant',
      purpose: 'what names the tenant of this actor',
      method: 'GET',
      url,
      effect: { kind: 'none' },
    });
    if (answer.kind !== 'answer' || answer.status >= 300) continue;
    const path = new URL(url).pathname.split('/').at(-1) ?? '';
    scalars.push(...jsonScalars(answer.json()).map((one) => ({ ...one, pointer: `/${path}${one.pointer}` })));
  }
  return scalars;
}

const canonical = (thing: string): string => (/^organi[sz]ation$/.test(thing) ? 'org' : thing);

/** The value of a thing in answers: a field named after it, or an id inside an object or list named after it. */
function valueFor(thing: string, slot: string, scalars: readonly JsonScalar[]): string | null {
  const wish = /slug/i.test(slot)
    ? ['slug', 'id']
    : ['id', 'slug', 'uuid', 'documentid', 'objectid', 'key', 'handle'];
  const usable = scalars.filter(
    ({ value }) => (typeof value === 'string' && value !== '') || typeof value === 'number',
  );
  for (const last of wish) {
    const inside = usable.find(({ pointer, key }) => {
      const path = pointer.split('/').filter((part) => part !== '' && !/^\d+$/.test(part));
      return (
        key.replace(/[_-]/g, '').toLowerCase() === last &&
        canonical(singular((path.at(-2) ?? '').toLowerCase())) === canonical(thing)
      );
    });
    if (inside) return String(inside.value);
  }
  const named = usable.find(
    ({ key }) => canonical(namedThing(key)) === canonical(thing) && /(id|slug|key)$|^[a-z]+$/i.test(key),
  );
  return named === undefined ? null : String(named.value);
}
