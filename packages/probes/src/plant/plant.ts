import type { EvidenceMap } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { BudgetSpent } from '../transport/transport-errors.ts';
import { createCourier } from '../cross-tenant/courier.ts';
import { harvest } from './harvest.ts';
import { plantByLowest, plantObject } from './plant-object.ts';
import { isAboutPeople, unplantableBecause } from './plantable.ts';
import type { Resource } from '../access/resource-graph.ts';
import { workshopOf, type Workshop } from './workshop.ts';

type Planting = EvidenceMap['planting'];

/**
 * Creates two twins of every kind of object in every tenant, marked with canaries, and lets their owners read them back. What
 * cannot be made, and everything in a run that creates nothing, is looked for among what is there already.
 */
export const plant = defineProbe({
  id: 'access/plant',
  title: 'Plant marked objects in every tenant',
  provides: 'planting',
  needs: ['operations', 'logins'],
  leastMode: 'observe',
  estimate: ({ target, operations }) =>
    target.tenants.length * operations.filter(({ method }) => method === 'POST').length * 5,
  run: async (context) => {
    const courier = createCourier(context, 'access/plant');
    const notPlantable: Planting['notPlantable'][number][] = [];
    try {
      const workshop = await workshopOf(context);
      const readOnly = context.mode === 'observe';
      for (const resource of readOnly ? [] : workshop.graph.resources) {
        const unplantable = unplantableBecause(resource, workshop.rules);
        if (unplantable !== null) {
          if (resource.create)
            notPlantable.push({ operation: resource.create.id, actor: 'anonymous', because: unplantable });
          continue;
        }
        for (const tenant of context.target.tenants) {
          context.progress(`planting ${resource.type} in ${tenant}`);
          const known = workshop.objects.find(
            (one) => one.resource === resource && one.tenant === tenant && one.twin === 'victim',
          );
          const order = { resource, tenant, purpose: 'plant' };
          const victim = known
            ? ({ kind: 'planted', object: known } as const)
            : await plantByLowest(workshop, courier, { ...order, twin: 'victim' });
          if (victim.kind === 'not-planted') {
            notPlantable.push({ operation: victim.operation, actor: victim.actor, because: victim.because });
            continue;
          }
          // What its creator can hide is planted hidden as well: rules for the one often forget the other.
          const more = [
            { twin: 'control', exposure: 'shared' },
            ...(victim.object.exposureIsChoice
              ? ([
                  { twin: 'victim', exposure: 'private' },
                  { twin: 'control', exposure: 'private' },
                ] as const)
              : []),
          ] as const;
          for (const one of more) {
            const planted = await plantObject(workshop, courier, {
              ...order,
              ...one,
              actor: victim.object.owner,
            });
            if (planted.kind === 'not-planted') {
              notPlantable.push({
                operation: planted.operation,
                actor: planted.actor,
                because: `another one (${one.exposure}): ${planted.because}`,
              });
            }
          }
        }
      }
      context.progress('looking for objects that were there before');
      const missing = await harvest(workshop, courier, unplanted(workshop, readOnly));
      if (readOnly) notPlantable.push(...missing);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      notPlantable.push({ operation: '-', actor: 'anonymous', because: error.message });
    }
    const workshop = await workshopOf(context);
    return {
      status: 'gathered',
      data: {
        objects: [...workshop.objects, ...workshop.harvested].map((object) => ({
          ref: object.ref,
          type: object.resource.type,
          owner: object.owner,
          tenant: object.tenant,
          twin: object.twin,
          ...(object.origin === 'harvested' ? { origin: object.origin } : {}),
          canaries: object.canaries.length,
          ownerReads: object.ownerReads,
          exchanges: object.exchanges,
        })),
        notPlantable,
      },
    };
  },
});

/**
 * Kinds of which some tenant has no planted object, and that can be read: all of them in a run that creates nothing. People and
 * accounts are left alone otherwise: tenants may know of each other's.
 */
const unplanted = (workshop: Workshop, readOnly: boolean): readonly Resource[] =>
  workshop.graph.resources.filter(
    ({ referent, read, lists, create }) =>
      referent.startsWith('resource ') &&
      (read !== null || lists.length > 0) &&
      (readOnly || !isAboutPeople(create?.path ?? lists[0]?.path ?? '')) &&
      workshop.context.target.tenants.some(
        (tenant) =>
          !workshop.objects.some((one) => one.resource.referent === referent && one.tenant === tenant),
      ),
  );
