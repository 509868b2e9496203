import { isSafeMethod, type Actor, type ExchangeId, type Operation } from '@launch-ready/core';
import { absentRights } from './absent-rights.ts';
import type { Capability } from './capability.ts';
import { changeRight } from './change-right.ts';
import type { Courier } from './courier.ts';
import { createRight } from './create-right.ts';
import { malformedRights } from './malformed-rights.ts';
import { unplantableBecause } from './plantable.ts';
import { allUnclear, type RawRight } from './raw-right.ts';
import { readRights } from './read-rights.ts';
import type { Workshop } from './workshop.ts';

/** What one actor was seen to be able to do with one operation. */
export interface ObservedRight {
  readonly actor: Actor;
  readonly observed: 'allowed' | 'denied' | 'untested';
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
): Promise<readonly RawRight[]> {
  const { resources } = workshop.graph;
  if (isSafeMethod(operation.method)) return readRights(workshop, courier, operation, tenant, actors);
  const changed = resources.find((one) => one.remove === operation || one.updates.includes(operation));
  if (changed?.referent.startsWith('scope ')) {
    // Whoever makes a tenant is its strongest, whatever the role elsewhere; and the tenants of the target file are not ours.
    return allUnclear(actors, 'the tenant itself is not changed');
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
): Promise<readonly RawRight[]> {
  const found: RawRight[] = [];
  for (const actor of actors.toReversed()) found.push({ actor, ...(await find(actor)) });
  return found.toReversed();
}
