import type { Actor, ActorId, Operation } from '@launch-ready/core';
import { accountsOf } from '../access/accounts-of.ts';
import { askList, type Listing } from './ask-list.ts';
import { encodedAs, fillCall, type SlotValues } from '../access/call-shape.ts';
import { asActor, exchangesOf, isSuccess, outcomeOf, type Call, type Delivery } from './courier.ts';
import { flatSchema } from '../plant/flat-schema.ts';
import type { CrossTenantTrial, Front } from './front.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { objectIdsByMarker, smallestObjectWith } from '../access/object-ids.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { BoundSlot, Referent } from '../access/resource-graph.ts';
import { quietParts } from '../access/trial-head.ts';

/** An operation that changes one member of a tenant, the list of members, and what can be changed to and fro. */
export interface MemberChange {
  readonly operation: Operation;
  readonly list: Operation;
  readonly slot: BoundSlot;
  readonly field: string;
  readonly choices: readonly string[];
}

/** The throw-away account of a tenant among its members. */
interface Member {
  readonly id: string;
  readonly now: string;
  readonly account: string;
}

/** Operations that change one member by a field with a few choices, so that it can be put back. */
export function memberChanges({ workshop }: Pick<Front, 'workshop'>): readonly MemberChange[] {
  const { graph, context, scope } = workshop;
  const known = (referent: Referent): boolean =>
    referent.startsWith('scope ') && scope.names.has(referent.slice('scope '.length));
  return context.operations.flatMap((operation): readonly MemberChange[] => {
    if (operation.method !== 'PATCH' && operation.method !== 'PUT') return [];
    const open = graph.boundSlots(operation).filter((slot) => slot.required && !known(slot.referent));
    const [slot] = open;
    if (!slot || open.length > 1 || !operation.path.endsWith(`{${slot.name}}`)) return [];
    // What can be made is attacked as an object of ours.
    if (graph.byReferent(slot.referent)?.create) return [];
    const base = operation.path.replace(/\/\{[^}]+\}$/, '');
    const list = context.operations.find(({ method, path }) => method === 'GET' && path === base);
    const schema = flatSchema(operation.body?.schema ?? {});
    const fields = Object.entries(isJsonObject(schema.properties) ? schema.properties : {});
    const required = Array.isArray(schema.required) ? schema.required : [];
    const choice = fields.flatMap(([field, raw]) => {
      const choices = isJsonObject(raw) ? flatSchema(raw).enum : undefined;
      return Array.isArray(choices) && choices.length > 1 ? [{ field, choices: choices.map(String) }] : [];
    })[0];
    if (!list || !choice || required.some((name) => name !== choice.field)) return [];
    return [{ operation, list, slot, ...choice }];
  });
}

/**
 * Changes the role or state of the other tenant's throw-away account, the one member that tests may change, after its own
 * administrator was seen to change it and to put it back. Whatever an attack changed is put back in the same way.
 */
export async function attackMembers(front: Front): Promise<readonly CrossTenantTrial[]> {
  const trials: CrossTenantTrial[] = [];
  for (const change of memberChanges(front)) trials.push(...(await attackMember(front, change)));
  return trials;
}

async function attackMember(front: Front, change: MemberChange): Promise<readonly CrossTenantTrial[]> {
  const { workshop, victimTenant, attackerTenant } = front;
  const { operation, slot } = change;
  if (workshop.context.mode !== 'full') return [];
  const [owner] = actorsOf(workshop.context, victimTenant);
  const [attacker] = actorsOf(workshop.context, attackerTenant);
  const throwaway = workshop.context.target.throwaways[victimTenant];
  if (!owner || !attacker || throwaway?.login.kind !== 'password') return [];
  const account = throwaway.login.username.toLowerCase();
  const head = {
    operation: operation.id,
    action: 'tenant',
    relation: `foreign ${attacker.role}`,
    attacker: attacker.id,
    owner: owner.id,
    objectType: 'members',
  } as const;
  const own = await able(front, change, victimTenant, owner, account);
  const open = (
    because: string,
    exchanges: CrossTenantTrial['exchanges'] = [],
  ): readonly CrossTenantTrial[] => [
    { ...head, slot: `path:${slot.name}`, ...quietParts({ verdict: 'inconclusive', because }, exchanges) },
  ];
  if ('because' in own) return open(own.because, own.exchanges);
  const { member, other } = own;
  const homeTenant = workshop.context.target.throwaways[attackerTenant];
  const home =
    homeTenant?.login.kind === 'password'
      ? await able(front, change, attackerTenant, attacker, homeTenant.login.username.toLowerCase())
      : null;
  const foreign = valuesOf(front, operation, victimTenant, slot, member.id);
  const mixed = valuesOf(front, operation, attackerTenant, slot, member.id);
  const variants = [
    { slot: `path:${slot.name}`, values: mixed },
    ...([...foreign].some(([referent, value]) => mixed.get(referent) !== value)
      ? [
          {
            slot: `path:${workshop.graph
              .boundSlots(operation)
              .map(({ name }) => name)
              .join('+')}`,
            values: foreign,
          },
        ]
      : []),
  ];
  const trials: CrossTenantTrial[] = [];
  for (const variant of variants) {
    const rounds: Delivery[] = [];
    let changed = 0;
    for (let round = 1; round <= 2 && changed === round - 1; round += 1) {
      const answer = await send(front, change, attacker.id, variant.values, other, member.id, 'attack');
      if (answer === null) break;
      rounds.push(answer);
      const after = await memberOf(front, change, victimTenant, owner.id, account);
      if (after === null || after.now === member.now) break;
      if (after.now === other) changed += 1;
      await send(front, change, owner.id, foreign, member.now, member.id, 'put back what the attack changed');
    }
    const [first] = rounds;
    if (!first) continue;
    const exchanges = [...own.exchanges, ...exchangesOf(...rounds)];
    const at = { ...head, slot: variant.slot };
    if (changed === 2) {
      trials.push({
        ...at,
        verdict: 'write',
        because: `${attacker.id} changed ${change.field} of ${account}, a member of ${victimTenant} (${outcomeOf(first)}), its administrator then saw it, twice`,
        confirmations: 2,
        seenIn: 'body',
        exchanges,
        reproduce: null,
      });
      break;
    }
    const isClear = first.kind === 'answer' && first.status < 500 && first.status !== 429;
    const quiet =
      changed === 1
        ? ({
            verdict: 'inconclusive',
            because: 'a member was changed once, but not again',
            seenOnce: true,
          } as const)
        : !isClear
          ? ({ verdict: 'inconclusive', because: outcomeOf(first) } as const)
          : home === null || 'because' in home
            ? ({
                verdict: 'inconclusive',
                because: `the attacker's own control did not work: ${home?.because ?? 'its tenant has no throw-away account'}`,
              } as const)
            : ({
                verdict: 'safe',
                because: `answered ${outcomeOf(first).replace('answered ', '')} without any effect, while each administrator can change the throw-away account of its own tenant`,
              } as const);
    trials.push({ ...at, ...quietParts(quiet, exchanges) });
  }
  return trials;
}

function valuesOf(
  { workshop }: Front,
  operation: Operation,
  tenant: string,
  slot: BoundSlot,
  id: string,
): SlotValues {
  return new Map([...workshop.scopeValues(operation, tenant), [slot.referent, id] as const]);
}

/** Somebody of the tenant changes its throw-away account and puts it back, both seen in the list. */
async function able(
  front: Front,
  change: MemberChange,
  tenant: string,
  actor: Actor,
  account: string,
): Promise<
  | { readonly member: Member; readonly other: string; readonly exchanges: CrossTenantTrial['exchanges'] }
  | { readonly because: string; readonly exchanges: CrossTenantTrial['exchanges'] }
> {
  const { workshop } = front;
  const member = await memberOf(front, change, tenant, actor.id, account);
  const failed = (because: string, ...answers: readonly (Delivery | null)[]) => ({
    because,
    exchanges: exchangesOf(...answers),
  });
  if (member === null) return failed(`the throw-away account of ${tenant} was not found among its members`);
  if (!change.choices.includes(member.now))
    return failed(`what the throw-away account of ${tenant} has now could not be put back`);
  const strongest = workshop.context.target.roles[0];
  const other =
    change.choices.find(
      (one) => one !== member.now && one !== strongest && !/admin|owner|root|super/i.test(one),
    ) ?? null;
  if (other === null) return failed('there is nothing to change it to but a stronger right');
  const values = valuesOf(front, change.operation, tenant, change.slot, member.id);
  const there = await send(front, change, actor.id, values, other, member.id, 'control: a change of its own');
  const after = await memberOf(front, change, tenant, actor.id, account);
  const back =
    after?.now === member.now
      ? null
      : await send(front, change, actor.id, values, member.now, member.id, 'control: put back');
  if (after?.now !== other)
    return failed(`${actor.id} could not change the throw-away account of its own tenant`, there, back);
  const last = await memberOf(front, change, tenant, actor.id, account);
  if (last?.now !== member.now)
    return failed('a change of the throw-away account could not be put back', there, back);
  return { member, other, exchanges: exchangesOf(there, back) };
}

async function memberOf(
  front: Front,
  { list, slot, field }: MemberChange,
  tenant: string,
  actor: ActorId,
  account: string,
): Promise<Member | null> {
  if (!accountsOf(front, tenant).includes(account)) return null;
  const values = front.workshop.scopeValues(list, tenant);
  const listing: Listing | null = await askList(
    front,
    actor,
    list,
    { slot: '-', values, extra: {} },
    'what its members are',
    true,
  );
  if (!listing || listing.answer.kind !== 'answer' || !isSuccess(listing.answer)) return null;
  const json = listing.answer.json();
  const type = list.path.split('/').at(-1) ?? '';
  const [id] = objectIdsByMarker(json, account, type, { name: slot.name });
  const row = smallestObjectWith(json, account);
  const now = isJsonObject(row) ? row[field] : undefined;
  return id === undefined || typeof now !== 'string' ? null : { id, now, account };
}

async function send(
  { workshop, courier }: Front,
  { operation, field }: MemberChange,
  actor: ActorId,
  values: SlotValues,
  value: string,
  member: string,
  why: string,
): Promise<Delivery | null> {
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), values);
  const body = encodedAs(operation, { [field]: value });
  if (filled.kind === 'unfilled' || !body) return null;
  const call: Call = {
    operation,
    url: filled.url,
    headers: filled.headers,
    body,
    // The throw-away account is there for tests to change, and nobody else is.
    effect: { kind: 'account', ids: [member] },
    purpose: `${why}: ${actor} changes a throw-away account`,
  };
  return courier.send(asActor(actor), call);
}
