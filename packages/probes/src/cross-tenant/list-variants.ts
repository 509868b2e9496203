import type { Operation } from '@launch-ready/core';
import type { ListVariant } from './ask-list.ts';
import { flatSchema } from '../plant/flat-schema.ts';
import type { Front, Stage } from './front.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { namedThing } from '../access/names.ts';
import type { SlotValues } from '../access/call-shape.ts';
import { fieldChoice } from '../plant/with-everything.ts';

const everything = /^(all|scope|everyone|global|show_?all|all_?(orgs|tenants|organi[sz]ations))$/i;

/** Ways to name the foreign tenant, parent or objects in a list, as far as the document has a place for them. */
export function listVariants(
  { workshop, victimTenant }: Front,
  { victim }: Stage,
  operation: Operation,
  own: SlotValues,
): readonly ListVariant[] {
  const bound = workshop.graph.boundSlots(operation);
  const foreign = (referent: (typeof bound)[number]['referent']): string | undefined =>
    victim.values.get(referent) ??
    (referent.startsWith('scope ')
      ? (workshop.scope.value(referent.slice('scope '.length), victimTenant) ?? undefined)
      : undefined);
  const differs = (referent: (typeof bound)[number]['referent']): boolean =>
    foreign(referent) !== undefined && own.get(referent) !== foreign(referent);
  const inPath = bound.filter((slot) => slot.in === 'path' && differs(slot.referent));
  const variants: ListVariant[] = [];
  if (bound.some((slot) => slot.required && differs(slot.referent))) {
    const names = bound.filter((slot) => slot.required).map((slot) => slot.name);
    const values = new Map([...victim.values, ...workshop.scopeValues(operation, victimTenant)]);
    variants.push({ slot: `path:${names.join('+')}`, values, extra: {} });
  }
  // Parents below the own tenant: the last alone, then all of them.
  const parents = inPath.filter(({ referent }) => referent.startsWith('resource '));
  const differing = bound.filter((slot) => slot.required && differs(slot.referent));
  if (parents.length > 0 && parents.length < differing.length) {
    const values = new Map([
      ...own,
      ...parents.map((slot) => [slot.referent, foreign(slot.referent) ?? ''] as const),
    ]);
    variants.push({ slot: `path:${parents.map(({ name }) => name).join('+')}`, values, extra: {} });
  }
  const last = parents.at(-1);
  if (last && inPath.length > 1 && parents.length > 1) {
    const values = new Map([...own, [last.referent, foreign(last.referent) ?? ''] as const]);
    variants.push({ slot: `path:${last.name}`, values, extra: {} });
  }
  for (const { in: place, name, referent } of bound.filter((slot) => slot.in !== 'path')) {
    const value = foreign(referent);
    if (value === undefined || !differs(referent)) continue;
    const at = `${place}:${name}`;
    variants.push({ slot: at, values: own, extra: { [at]: value } });
  }
  for (const slot of operation.slots) {
    if (slot.in !== 'query' || bound.some((one) => one.name === slot.name)) continue;
    const extra = (value: string): ListVariant => ({
      slot: `query:${slot.name}`,
      values: own,
      extra: { [`query:${slot.name}`]: value },
    });
    const schema = flatSchema(slot.schema ?? {});
    const items = isJsonObject(schema.items) ? schema.items : schema;
    const choices = Array.isArray(items.enum) ? items.enum.map(String) : [];
    if (/^ids?(\[\])?$|_ids?(\[\])?$|Ids?$/.test(slot.name)) {
      const thing = namedThing(slot.name.replace(/\[\]$/, ''));
      const named = valueOfThing(thing, victim.values) ?? victim.id;
      const mine = own.get(victim.resource.referent);
      variants.push(
        extra(mine === undefined || /ids/i.test(slot.name) === false ? named : `${mine},${named}`),
      );
    } else if (fieldChoice.test(slot.name))
      variants.push(extra(choices.length > 0 ? choices.join(',') : '*'));
    else if (everything.test(slot.name))
      variants.push(
        extra(
          choices.find((one) => /all|global|every/i.test(one)) ??
            (schema.type === 'boolean' ? 'true' : 'all'),
        ),
      );
  }
  variants.push(...bodyVariants(operation, victim.values, own, victimTenant, workshop.scope));
  return variants;
}

/** A parameter that names the tenant twice in one query, the own one first: which of them counts differs from reader to reader. */
export function twiceInQuery(
  { workshop, victimTenant, attackerTenant }: Front,
  operation: Operation,
  own: SlotValues,
): readonly ListVariant[] {
  return workshop.graph.boundSlots(operation).flatMap(({ in: place, name, referent }) => {
    const thing = referent.slice('scope '.length);
    const [mine, theirs] = [attackerTenant, victimTenant].map((tenant) =>
      workshop.scope.value(thing, tenant),
    );
    if (place !== 'query' || !referent.startsWith('scope ') || !mine || !theirs) return [];
    const at = `query:${name}`;
    return [{ slot: `${at} twice`, values: own, extra: { [at]: mine }, added: { [at]: theirs } }];
  });
}

const valueOfThing = (thing: string, values: SlotValues): string | undefined =>
  thing === ''
    ? undefined
    : [...values].find(
        ([referent]) =>
          namedThing(referent.split(/[ /]/).findLast((part) => part !== '' && part !== '{}') ?? '') === thing,
      )?.[1];

function bodyVariants(
  operation: Operation,
  foreign: SlotValues,
  own: SlotValues,
  victimTenant: string,
  scope: Front['workshop']['scope'],
): readonly ListVariant[] {
  if (operation.method !== 'POST') return [];
  const schema = flatSchema(operation.body?.schema ?? {});
  if (!isJsonObject(schema.properties)) return [];
  return Object.keys(schema.properties).flatMap((name): readonly ListVariant[] => {
    const thing = namedThing(name);
    const value = scope.names.has(thing)
      ? (scope.value(thing, victimTenant) ?? undefined)
      : valueOfThing(thing, foreign);
    if (value === undefined) return [];
    return [{ slot: `body:/${name}`, values: own, extra: { [`body:${name}`]: value } }];
  });
}

const usualQuery = [
  'orgId',
  'org_id',
  'organizationId',
  'tenantId',
  'tenant_id',
  'tenant',
  'workspaceId',
  'accountId',
];
const usualCookies = ['org', 'orgId', 'org_id', 'tenant', 'tenantId', 'tenant_id', 'workspace', 'account'];
const usualHeaders = [
  'x-org-id',
  'x-organization-id',
  'x-tenant-id',
  'x-tenant',
  'x-workspace-id',
  'x-account-id',
  'x-company-id',
];

/** The usual names of tenant selectors, all in one request: for applications that read them without a word about it. */
export function guessedSelectors(
  { workshop, victimTenant }: Front,
  operation: Operation,
  own: SlotValues,
): ListVariant | null {
  const { names, personal } = workshop.scope;
  const name = [...names].find((one) => !personal.has(one));
  const value =
    name === undefined ? victimTenant : (workshop.scope.value(name, victimTenant) ?? victimTenant);
  const taken = new Set(operation.slots.map((slot) => slot.name.toLowerCase()));
  const added = Object.fromEntries([
    ...usualQuery
      .filter((one) => !taken.has(one.toLowerCase()))
      .map((one) => [`query:${one}`, value] as const),
    ...usualHeaders.filter((one) => !taken.has(one)).map((one) => [`header:${one}`, value] as const),
    ['header:cookie', usualCookies.map((one) => `${one}=${encodeURIComponent(value)}`).join('; ')],
    ...hostOf(operation, value),
  ]);
  return { slot: 'query, header and cookie: usual names of a tenant', values: own, extra: {}, added };
}

/** The host name that a tenant of its own sub-domain would have, as a proxy in front passes it on. */
const hostOf = ({ origin }: Operation, value: string): readonly (readonly [string, string])[] =>
  /^[a-z\d][a-z\d-]{0,62}$/i.test(value)
    ? [['header:x-forwarded-host', `${value}.${new URL(origin).host}`]]
    : [];

/** The same list in a form for spreadsheets, which is often written by other code than the ordinary one. */
export const asTable = (own: SlotValues): ListVariant => ({
  slot: 'header:accept',
  values: own,
  extra: {},
  added: { 'header:accept': 'text/csv, application/csv;q=0.9, application/json;q=0.2' },
});
