import {
  isSafeMethod,
  type Actor,
  type ExchangeId,
  type Operation,
  type PermissionRelation,
  type PermissionState,
} from '@launch-ready/core';
import { absentRights } from './absent-rights.ts';
import { askUpwards, type WishOf } from './ask-by-role.ts';
import { changeRight, knownChangeRight } from './change-right.ts';
import type { Courier } from '../cross-tenant/courier.ts';
import { createRight, knownCreateRight } from './create-right.ts';
import { malformedRights } from './malformed-rights.ts';
import { unplantableBecause } from '../plant/plantable.ts';
import type { RawRight } from './raw-right.ts';
import { readRights } from './read-rights.ts';
import { tenantRights } from '../cross-tenant/tenant-rights.ts';
import type { Workshop } from '../plant/workshop.ts';

/** What one actor was seen to be able to do with one operation. */
export interface ObservedRight {
  readonly actor: Actor;
  readonly relation: PermissionRelation;
  readonly observed: PermissionState;
  /** Not called as this actor: a weaker one is allowed. */
  readonly inferred: boolean;
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/**
 * What the actors of one tenant, given from the strongest to the weakest, may do with an operation. Allowed needs content or
 * effect; denied needs a refusal beside a stronger actor that is allowed. What other probes saw is not asked again.
 */
export async function observedRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
  wish: WishOf,
): Promise<readonly ObservedRight[]> {
  const raw = await rawRights(workshop, courier, operation, tenant, actors, wish);
  return raw.map(
    ({ actor, state, because, exchanges, mute = false, relation = 'tenant' }, index): ObservedRight => {
      const one = { actor, relation, because, exchanges, inferred: false };
      if (state === 'able') return { ...one, observed: 'allowed' };
      if (state === 'skipped') return { ...one, observed: 'allowed', inferred: true };
      const stronger = raw
        .slice(0, index)
        .find((other) => other.state === 'able' || other.state === 'farther');
      // Refused without a reason, after the like was taken from a stronger role: what was wrong is who sent it.
      const isShut = mute && stronger?.state === 'able' && isBefore(stronger.exchanges, exchanges);
      if ((state === 'denied' || isShut) && stronger)
        return {
          ...one,
          observed: 'denied',
          because: `${because}, while ${stronger.because}`,
          exchanges: [...exchanges, ...stronger.exchanges],
        };
      return {
        ...one,
        observed: 'untested',
        because: state === 'denied' ? `${because}, and no stronger role was seen to be allowed` : because,
      };
    },
  );
}

async function rawRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
  wish: WishOf,
): Promise<readonly RawRight[]> {
  const { resources } = workshop.graph;
  if (isSafeMethod(operation.method)) return readRights(workshop, courier, operation, tenant, actors, wish);
  const changed = resources.find((one) => one.remove === operation || one.updates.includes(operation));
  if (changed?.referent.startsWith('scope '))
    return tenantRights(workshop, courier, operation, tenant, actors, wish);
  if (changed && !workshop.objects.some((one) => one.resource === changed && one.tenant === tenant))
    return absentRights(workshop, courier, operation, tenant, actors, wish);
  if (changed)
    return askUpwards(
      actors,
      wish,
      (actor) => changeRight(workshop, courier, operation, changed, tenant, actor),
      (actor) => knownChangeRight(workshop, operation, changed, tenant, actor),
    );
  const created = resources.find((one) => one.create === operation);
  if (created && unplantableBecause(created, workshop.rules) === null)
    return askUpwards(
      actors,
      wish,
      (actor) => createRight(workshop, courier, created, tenant, actor),
      (actor) => knownCreateRight(workshop, created, actor),
    );
  return malformedRights(workshop, courier, operation, tenant, actors, wish);
}

/** Whether all of the first exchanges were before all of the others, so that a body that was learnt then was known. */
function isBefore(first: readonly ExchangeId[], then: readonly ExchangeId[]): boolean {
  const at = (id: ExchangeId): number => Number(id.slice(1));
  return first.length > 0 && then.length > 0 && Math.max(...first.map(at)) < Math.min(...then.map(at));
}
