import type { Actor, Operation, PermissionRelation } from '@launch-ready/core';
import { canDelete, canUpdate } from '../plant/capability.ts';
import type { Courier } from '../cross-tenant/courier.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { RawRight } from './raw-right.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import type { Resource } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';

/** For operations that change or remove an object: whether this actor can do so to one of its tenant. */
export async function changeRight(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  resource: Resource,
  tenant: string,
  actor: Actor,
): Promise<RawRight> {
  const object = await objectFor(workshop, courier, resource, tenant, actor);
  if (!object)
    return { actor, state: 'unclear', because: `no ${resource.type} could be planted`, exchanges: [] };
  const removes = resource.remove === operation;
  const found = removes
    ? await canDelete(workshop, courier, operation, actor.id, object)
    : await canUpdate(workshop, courier, operation, actor.id, object);
  const relation = relationOf(workshop, resource, tenant, actor, removes);
  // What is hidden from somebody is refused to it whatever its role may do.
  const isHidden = object.exposureIsChoice && object.exposure === 'private' && object.owner !== actor.id;
  if (found.state === 'denied' && isHidden)
    return {
      actor,
      ...found,
      state: 'unclear',
      because: `${found.because}, which was hidden from it`,
      relation,
    };
  return { actor, ...found, relation };
}

/** What an earlier control of another probe showed already, for which nothing is sent; null when there was none. */
export function knownChangeRight(
  workshop: Workshop,
  operation: Operation,
  resource: Resource,
  tenant: string,
  actor: Actor,
): RawRight | null {
  const found = workshop.capabilities.get(`${operation.id} ${actor.id}`);
  if (!found) return null;
  return {
    actor,
    ...found,
    relation: relationOf(workshop, resource, tenant, actor, resource.remove === operation),
  };
}

/** Deleting is tried on a throw-away of the actor's own when it can make one, changing on what stays. */
function relationOf(
  workshop: Workshop,
  resource: Resource,
  tenant: string,
  actor: Actor,
  removes: boolean,
): PermissionRelation {
  const own = workshop.objects.some(
    (one) =>
      one.resource === resource &&
      one.tenant === tenant &&
      one.owner === actor.id &&
      (removes || one.twin !== 'throwaway'),
  );
  return own ? 'own' : 'peer';
}

/** The actor's own object when it has one, so that the role is tried and not the ownership; else another of its tenant. */
async function objectFor(
  workshop: Workshop,
  courier: Courier,
  resource: Resource,
  tenant: string,
  actor: Actor,
): Promise<PlantedObject | null> {
  const live = workshop.objects.filter(
    (one) => one.resource === resource && one.tenant === tenant && one.twin !== 'throwaway',
  );
  const own = live.find((one) => one.owner === actor.id);
  if (own) return own;
  if (live.length === 0) return null;
  const seen = live.filter(({ exposure }) => exposure === 'shared');
  const another = seen.find(({ twin }) => twin === 'control') ?? seen[0] ?? live[0] ?? null;
  const { create } = resource;
  if (create && receivedAnswers(workshop.context).refusedCreate(create, actor.id)) return another;
  const made = await plantObject(workshop, courier, {
    resource,
    actor: actor.id,
    tenant,
    twin: 'throwaway',
    purpose: 'role',
  });
  return made.kind === 'planted' ? made.object : another;
}
