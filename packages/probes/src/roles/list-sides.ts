import type { Actor, Operation } from '@launch-ready/core';
import { askList, shows, type ListVariant } from '../cross-tenant/ask-list.ts';
import type { SlotValues } from '../access/call-shape.ts';
import type { Capability } from '../plant/capability.ts';
import { exchangesOf, outcomeOf } from '../cross-tenant/courier.ts';
import { stagesOf, type Front, type Stage, type TenantControl } from '../cross-tenant/front.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import { ownSide } from '../cross-tenant/swap-variants.ts';

/** Values of the victim's side for a list that belongs to no kind: those of the stage, then whatever else fills it. */
export const ownersSide = (
  { workshop, victimTenant }: Front,
  stages: readonly Stage[],
  { victim }: Stage,
  operation: Operation,
): SlotValues =>
  new Map([
    ...stages.flatMap((stage) => [...stage.victim.values]),
    ...victim.values,
    ...workshop.scopeValues(operation, victimTenant),
  ]);

/** Values of the attacker's side for a list that belongs to no kind. */
export const homeSide = (front: Front, { own }: Stage, operation: Operation): SlotValues => {
  const others = stagesOf(front).flatMap((stage) => [...(stage.own?.values ?? [])]);
  return new Map([...others, ...ownSide(front.workshop, operation, own, front.attackerTenant)]);
};

/** Somebody of the victim's tenant finds the object in the list: the strongest, who is asked for the other direction too. */
export function ownerSees(
  front: Front,
  { victim }: Stage,
  operation: Operation,
  values: SlotValues,
  extra: ListVariant['extra'] = {},
): Promise<TenantControl> {
  return tenantSees(front, front.victimTenant, victim.owner, operation, { slot: '-', values, extra }, [
    victim.ref,
  ]);
}

/** The attacker finds an object of its own tenant in the list, or else somebody of its tenant does. */
export async function homeSees(
  front: Front,
  { own }: Stage,
  operation: Operation,
  variant: ListVariant,
  attacker: Actor,
): Promise<TenantControl | null> {
  if (!own) return null;
  const ask = (actor: string) =>
    tenantSees(front, front.attackerTenant, actor, operation, variant, [own.ref], [actor]);
  const self = await ask(attacker.id);
  return self.state === 'able'
    ? self
    : tenantSees(front, front.attackerTenant, own.owner, operation, variant, [own.ref]);
}

async function tenantSees(
  front: Front,
  tenant: string,
  maker: string,
  operation: Operation,
  variant: ListVariant,
  refs: readonly string[],
  only?: readonly string[],
): Promise<TenantControl> {
  const [strongest] = actorsOf(front.workshop.context, tenant);
  const actors = only ?? [...new Set([strongest?.id ?? maker, maker])];
  let last: Capability | null = null;
  for (const actor of actors) {
    const listing = await askList(front, actor, operation, variant, 'control: its own list');
    const exchanges = listing ? exchangesOf(listing.answer) : [];
    if (listing && shows(listing, refs))
      return { state: 'able', because: 'its object is in the list', exchanges, actor };
    const how = listing ? outcomeOf(listing.answer) : 'the list cannot be asked for';
    last = {
      state: 'unclear',
      because: `${actor} does not find an object of its tenant there (${how})`,
      exchanges,
    };
  }
  return { ...(last ?? { state: 'unclear', because: 'nobody asked', exchanges: [] }), actor: maker };
}
