import type { ActorId, Operation } from '@launch-ready/core';
import { asActor, isSuccess, noEffect, type Courier } from '../cross-tenant/courier.ts';
import { jsonScalars } from '../plant/json-scalars.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { OwnNames } from './candidate-fields.ts';

const identity = /(^|\/)(me|whoami|self|profile|session|account|userinfo)$/i;
const idKey = /^(id|_id|uuid|userId|user_id|accountId|account_id|memberId|member_id|sub|documentId)$/;
const mostAsked = 3;

/** What names the tenants and some accounts of the target file, learnt from what these accounts are told about themselves. */
export async function ownNames(workshop: Workshop, courier: Courier, tenant: string): Promise<OwnNames> {
  const { operations, target, ledger } = workshop.context;
  const other = target.tenants.find((one) => one !== tenant);
  const tenants = new Map<string, string>();
  for (const name of workshop.scope.names) {
    const [own, theirs] = [
      workshop.scope.value(name, tenant),
      other === undefined ? null : workshop.scope.value(name, other),
    ];
    if (own !== null && theirs !== null && own !== theirs) tenants.set(own, theirs);
  }
  const ids = new Map<ActorId, string>();
  const whoAmI = operations.find(
    ({ method, path }) => method === 'GET' && identity.test(path) && !path.includes('{'),
  );
  const asked =
    other === undefined
      ? []
      : [...actorsOf(workshop.context, tenant).slice(-2), ...actorsOf(workshop.context, other).slice(0, 1)];
  for (const actor of whoAmI ? asked.slice(0, mostAsked) : []) {
    const told = await tell(courier, whoAmI, actor.id);
    for (const [own, theirs] of pairOf(tenants, told.tenant, actor.tenant === tenant)) {
      tenants.set(own, theirs);
      ledger.allowScope(own);
      ledger.allowScope(theirs);
    }
    if (told.account !== null) {
      ids.set(actor.id, told.account);
      // An account of the target file may be named in a change like the tenant that it belongs to.
      ledger.allowScope(told.account);
    }
  }
  const accounts = [...new Set(ids.values())];
  return {
    roles: target.roles,
    tenants: [...tenants],
    strangers: accounts.toReversed(),
    otherTenant: (value) => tenants.get(value) ?? null,
    otherAccounts: (value) => {
      if (!accounts.includes(value)) return null;
      const [first, second = first] = accounts.filter((one) => one !== value);
      return first === undefined || second === undefined ? null : [first, second];
    },
  };
}

interface Told {
  readonly account: string | null;
  readonly tenant: string | null;
}

async function tell(courier: Courier, operation: Operation | undefined, actor: ActorId): Promise<Told> {
  if (!operation) return { account: null, tenant: null };
  const answer = await courier.send(asActor(actor), {
    operation,
    url: operation.origin + operation.path,
    headers: [],
    body: null,
    effect: noEffect,
    purpose: 'mass assignment: what names this account',
  });
  if (answer.kind !== 'answer' || !isSuccess(answer)) return { account: null, tenant: null };
  const scalars = jsonScalars(answer.json()).filter(
    ({ value }) => (typeof value === 'string' && value !== '') || typeof value === 'number',
  );
  const [nearest] = scalars
    .filter(({ key, pointer }) => idKey.test(key) && !/(org|tenant|team|workspace|company)/i.test(pointer))
    .toSorted((a, b) => a.pointer.split('/').length - b.pointer.split('/').length);
  const named = scalars.find(({ key }) =>
    /^(org|organi[sz]ation|tenant|workspace|company|team)_?(id|slug)?$/i.test(key),
  );
  return {
    account: nearest === undefined ? null : String(nearest.value),
    tenant: named === undefined ? null : String(named.value),
  };
}

/** Ids of the two tenants as their accounts are told them, once both are known. */
const halves = new WeakMap<Map<string, string>, { own?: string; theirs?: string }>();

function pairOf(
  tenants: Map<string, string>,
  told: string | null,
  own: boolean,
): readonly (readonly [string, string])[] {
  if (told === null) return [];
  const half = halves.get(tenants) ?? {};
  halves.set(tenants, half);
  if (own) half.own = told;
  else half.theirs = told;
  const { own: mine, theirs } = half;
  return mine !== undefined && theirs !== undefined && mine !== theirs ? [[mine, theirs]] : [];
}
