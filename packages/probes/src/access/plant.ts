import type { EvidenceMap } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { BudgetSpent } from '../transport/transport-errors.ts';
import { createCourier } from './courier.ts';
import { plantByLowest, plantObject } from './plant-object.ts';
import { unplantableBecause } from './plantable.ts';
import { workshopOf } from './workshop.ts';

type Planting = EvidenceMap['planting'];

/** Creates two twins of every kind of object in every tenant, marked with canaries, and lets their owners read them back. */
export const plant = defineProbe({
  id: 'access/plant',
  title: 'Plant marked objects in every tenant',
  provides: 'planting',
  needs: ['operations', 'logins'],
  leastMode: 'standard',
  estimate: ({ target, operations }) =>
    target.tenants.length * operations.filter(({ method }) => method === 'POST').length * 5,
  run: async (context) => {
    if (context.mode === 'observe')
      return { status: 'missing', because: 'nothing is created in observe mode' };
    const courier = createCourier(context, 'access/plant');
    const notPlantable: Planting['notPlantable'][number][] = [];
    try {
      const workshop = await workshopOf(context);
      for (const resource of workshop.graph.resources) {
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
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      notPlantable.push({ operation: '-', actor: 'anonymous', because: error.message });
    }
    const workshop = await workshopOf(context);
    return {
      status: 'gathered',
      data: {
        objects: workshop.objects.map((object) => ({
          ref: object.ref,
          type: object.resource.type,
          owner: object.owner,
          tenant: object.tenant,
          twin: object.twin,
          canaries: object.canaries.length,
          ownerReads: object.ownerReads,
          exchanges: object.exchanges,
        })),
        notPlantable,
      },
    };
  },
});
