import type { Actor, Operation } from '@launch-ready/core';
import { accountsOf } from '../access/accounts-of.ts';
import { askList, type Listing, type ListVariant } from './ask-list.ts';
import type { SlotValues } from '../access/call-shape.ts';
import { isSuccess } from './courier.ts';
import type { CrossTenantTrial, Front } from './front.ts';
import { jsonScalars } from '../plant/json-scalars.ts';
import { objectIdsByMarker } from '../access/object-ids.ts';
import { isDeclaredPublic } from '../access/public-by-design.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { BoundSlot, Referent } from '../access/resource-graph.ts';
import { isTenantSelector, judgeTenantRead, listingText } from './judge-tenant-read.ts';
import { privateField } from './tenant-reproduction.ts';

/** An operation that shows something of a tenant as a whole, with the slots that are still to be filled. */
interface TenantRead {
  readonly operation: Operation;
  /** The slot of one thing of the tenant, such as a member, with the operation that lists them; null when there is none. */
  readonly item: { readonly slot: BoundSlot; readonly list: Operation } | null;
}

/**
 * What belongs to a tenant and was there before the run: its members, its settings, its bills. Nothing is planted there; the
 * accounts of the target file and private fields that only the owner's answers show are the marks.
 */
export async function attackTenantData(front: Front): Promise<readonly CrossTenantTrial[]> {
  const trials: CrossTenantTrial[] = [];
  for (const read of tenantReads(front)) trials.push(...(await attackOne(front, read)));
  return trials;
}

/** Ids of the operations that show something of a tenant as a whole. */
export const tenantOperations = (front: Front): readonly string[] =>
  tenantReads(front)
    .filter(
      ({ operation, item }) =>
        item !== null || front.workshop.graph.boundSlots(operation).some(isTenantSelector),
    )
    .map(({ operation }) => operation.id);

function tenantReads(front: Front): readonly TenantRead[] {
  const { graph, scope, objects, context } = front.workshop;
  const planted = new Set(objects.map(({ resource }) => resource));
  const covered = new Set(
    [...planted].flatMap((one) => [one.read, ...one.lists, ...one.below].map((operation) => operation?.id)),
  );
  const known = (referent: Referent): boolean =>
    referent.startsWith('scope ') && scope.names.has(referent.slice('scope '.length));
  const gets = context.operations.filter(
    (one) =>
      one.method === 'GET' &&
      !covered.has(one.id) &&
      !/((openapi|swagger|api-docs)[\w.-]*|\/(me|whoami|userinfo))$/i.test(one.path) &&
      !isDeclaredPublic(front.workshop, one),
  );
  return gets.flatMap((operation): readonly TenantRead[] => {
    const open = graph.boundSlots(operation).filter((slot) => slot.required && !known(slot.referent));
    const [slot] = open;
    if (!slot) return [{ operation, item: null }];
    if (open.length > 1 || slot.in !== 'path' || !operation.path.endsWith(`{${slot.name}}`)) return [];
    const base = operation.path.replace(/\/\{[^}]+\}$/, '');
    const list = gets.find(({ path }) => path === base);
    return list ? [{ operation, item: { slot, list } }] : [];
  });
}

async function attackOne(
  front: Front,
  { operation, item }: TenantRead,
): Promise<readonly CrossTenantTrial[]> {
  const { workshop, victimTenant, attackerTenant } = front;
  const owner = sideOf(front, victimTenant);
  const attacker = sideOf(front, attackerTenant);
  if (!owner || !attacker) return [];
  const ownValues = await valuesOf(front, operation, item, owner, victimTenant);
  const homeValues = await valuesOf(front, operation, item, attacker, attackerTenant);
  if (!ownValues || !homeValues) return [];
  const asked = (actor: Actor, values: SlotValues): Promise<Listing | null> =>
    askList(front, actor.id, operation, { slot: '-', values, extra: {} }, 'control: its own list');
  const ownerSaw = await asked(owner, ownValues);
  const home = await asked(attacker, homeValues);
  if (!ownerSaw || !home) return [];
  const theirs = listingText(home);
  const accounts = accountsOf(front, victimTenant);
  const shown = isSuccess(ownerSaw.answer)
    ? accounts.filter((mark) => listingText(ownerSaw).includes(mark))
    : [];
  const fields = isSuccess(ownerSaw.answer) ? privateValues(front, ownerSaw, theirs) : [];
  const trials: CrossTenantTrial[] = [];
  const judge = (variant: ListVariant, listing: Listing, marks: readonly string[]) =>
    judgeTenantRead(front, { operation, attacker, owner, variant, listing, ownerSaw, home, marks });

  // The own side first: a directory or settings page that shows other tenants without being asked to.
  const stray = accounts.filter((mark) => theirs.includes(mark));
  if (stray.length > 0 || (shown.length > 0 && item === null))
    trials.push(await judge({ slot: '-', values: homeValues, extra: {} }, home, accounts));
  for (const variant of foreignVariants(front, operation, item, ownValues, homeValues)) {
    const listing = await askList(
      front,
      attacker.id,
      operation,
      variant,
      'attack: what belongs to a foreign tenant',
    );
    if (!listing) continue;
    const marks = [...shown, ...fields].filter((mark) => !theirs.includes(mark));
    trials.push(await judge(variant, listing, marks));
  }
  return trials.filter(({ verdict }) => verdict !== 'inconclusive' || operationHasOwner(ownerSaw));

  function operationHasOwner(listing: Listing): boolean {
    return isSuccess(listing.answer) && workshop.graph.boundSlots(operation).some(isTenantSelector);
  }
}

const sideOf = ({ workshop }: Front, tenant: string): Actor | null =>
  actorsOf(workshop.context, tenant)[0] ?? null;

/** Values of a tenant's own side; the id of one of its accounts for an item. Null when they cannot be had. */
async function valuesOf(
  front: Front,
  operation: Operation,
  item: TenantRead['item'],
  actor: Actor,
  tenant: string,
): Promise<Map<Referent, string> | null> {
  const values = front.workshop.scopeValues(operation, tenant);
  if (!item) return values;
  const listValues = front.workshop.scopeValues(item.list, tenant);
  const variant: ListVariant = { slot: '-', values: listValues, extra: {} };
  const list = await askList(front, actor.id, item.list, variant, 'control: its own list');
  if (!list || list.answer.kind !== 'answer' || !isSuccess(list.answer)) return null;
  const type = item.list.path.split('/').at(-1) ?? '';
  // The account that tests may change first; else any.
  for (const account of accountsOf(front, tenant).toReversed()) {
    const [id] = objectIdsByMarker(list.answer.json(), account, type, { name: item.slot.name });
    if (id !== undefined) return new Map([...values, [item.slot.referent, id] as const]);
  }
  return null;
}

/** Private values of an owner's answer that the attacker's own answer does not hold. */
function privateValues(front: Front, seen: Listing, theirs: string): readonly string[] {
  if (seen.answer.kind !== 'answer') return [];
  const names = new Set(
    [...front.workshop.scope.names].flatMap(
      (name) => front.workshop.scope.value(name, front.victimTenant) ?? [],
    ),
  );
  return jsonScalars(seen.answer.json()).flatMap(({ key, value }) => {
    if (typeof value !== 'string' || value.length < 6 || names.has(value) || !privateField.test(key))
      return [];
    const text = value.toLowerCase();
    return theirs.includes(text) || /^\d{4}-\d\d-\d\dt/.test(text) ? [] : [text];
  });
}

function foreignVariants(
  { workshop }: Front,
  operation: Operation,
  item: TenantRead['item'],
  foreign: SlotValues,
  own: SlotValues,
): readonly ListVariant[] {
  const bound = workshop.graph.boundSlots(operation);
  const differ = bound.filter(
    (slot) =>
      slot.required && foreign.get(slot.referent) !== own.get(slot.referent) && foreign.has(slot.referent),
  );
  const variants: ListVariant[] = [];
  if (item && differ.length > 1) {
    const value = foreign.get(item.slot.referent) ?? '';
    variants.push({
      slot: `path:${item.slot.name}`,
      values: new Map([...own, [item.slot.referent, value] as const]),
      extra: {},
    });
  }
  if (differ.length > 0) {
    const slot = `${differ[0]?.in ?? 'path'}:${differ.map(({ name }) => name).join('+')}`;
    variants.push({ slot, values: foreign, extra: {} });
  }
  for (const slot of bound.filter(({ required, referent }) => !required && referent.startsWith('scope '))) {
    const theirs = foreign.get(slot.referent) ?? null;
    if (theirs === null || theirs === own.get(slot.referent)) continue;
    variants.push({
      slot: `${slot.in}:${slot.name}`,
      values: own,
      extra: { [`${slot.in}:${slot.name}`]: theirs },
    });
  }
  return variants;
}
