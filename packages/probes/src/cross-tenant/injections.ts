import type { Operation } from '@launch-ready/core';
import { flatSchema } from '../plant/flat-schema.ts';
import type { Front, Stage } from './front.ts';
import { isJsonObject, jsonScalars } from '../plant/json-scalars.ts';
import { namedThing } from '../access/names.ts';
import type { OwnerView } from './owner-view.ts';

/** A field of a body that takes a foreign value. */
export interface Injection {
  readonly field: string;
  readonly value: unknown;
  /** What the field holds of the attacker's own; undefined when that is not known. */
  readonly own?: unknown;
  /** What is named: the tenant itself, or an object of it. */
  readonly names: 'tenant' | 'object';
}

/**
 * Fields of a body that may point at what belongs to the victim: those the document has, and those that the attacker's own
 * object was seen to hold its own tenant's or parents' ids in.
 */
export function injectionsFor(
  front: Front,
  { victim, own }: Stage,
  operation: Operation,
  ownView: OwnerView | null,
): readonly Injection[] {
  const { workshop, victimTenant, attackerTenant } = front;
  const { scope, graph } = workshop;
  const found = new Map<string, Injection>();
  const add = (injection: Injection): void => {
    if (!found.has(injection.field)) found.set(injection.field, injection);
  };
  const schema = flatSchema(operation.body?.schema ?? {});
  for (const [field, raw] of Object.entries(isJsonObject(schema.properties) ? schema.properties : {})) {
    if (!isJsonObject(raw)) continue;
    const isList = flatSchema(raw).type === 'array';
    const thing = namedThing(field);
    if (thing === '') continue;
    const tenantValue = scope.names.has(thing) ? scope.value(thing, victimTenant) : null;
    if (tenantValue !== null) {
      add({
        field,
        value: tenantValue,
        own: scope.value(thing, attackerTenant) ?? undefined,
        names: 'tenant',
      });
      continue;
    }
    if (!isReference(field)) continue;
    const kind = graph.resources.find(({ type }) => namedThing(type.split('/').at(-1) ?? '') === thing);
    const objects = workshop.objects.filter(
      (one) =>
        one.twin === 'victim' &&
        (kind
          ? one.resource === kind
          : one.resource === victim.resource &&
            /^(parent|related|linked|ref|reply|source|copy)/i.test(field)),
    );
    const object = objects.find(({ tenant }) => tenant === victimTenant);
    const mine = objects.find(({ tenant }) => tenant === attackerTenant);
    if (object)
      add({
        field,
        value: isList ? [object.id] : typed(object.id, raw),
        own: mine && !isList ? typed(mine.id, raw) : undefined,
        names: 'object',
      });
  }
  const json: unknown = parsed(ownView);
  for (const { key, value } of jsonScalars(json)) {
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const tenants = [...scope.names].find((name) => scope.value(name, attackerTenant) === String(value));
    const theirs = tenants === undefined ? null : scope.value(tenants, victimTenant);
    if (theirs !== null && theirs !== String(value))
      add({ field: key, value: theirs, own: value, names: 'tenant' });
    for (const [referent, mine] of own?.values ?? []) {
      if (
        mine !== String(value) ||
        referent === victim.resource.referent ||
        !referent.startsWith('resource ')
      )
        continue;
      const foreign = victim.values.get(referent);
      if (foreign !== undefined && foreign !== mine)
        add({
          field: key,
          value: typeof value === 'number' ? Number(foreign) : foreign,
          own: value,
          names: 'object',
        });
    }
  }
  return [...found.values()].slice(0, 4);
}

const isReference = (field: string): boolean =>
  /(_ids?|Ids?|ID|IDs|Uuid|_uuid|Ref|_ref|^parent|^related)$/.test(field);

const typed = (id: string, raw: Readonly<Record<string, unknown>>): unknown =>
  /^(integer|number)$/.test(String(flatSchema(raw).type)) && /^\d+$/.test(id) ? Number(id) : id;

function parsed(view: OwnerView | null): unknown {
  return view === null
    ? null
    : Object.fromEntries(
        [...view.fields].map(([pointer, text]) => [
          pointer.split('/').at(-1) ?? '',
          JSON.parse(text) as unknown,
        ]),
      );
}
