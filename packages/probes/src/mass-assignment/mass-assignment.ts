import type { EvidenceMap } from '@launch-ready/core';
import { createCourier } from '../cross-tenant/courier.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { workshopOf } from '../plant/workshop.ts';
import { defineProbe } from '../probe.ts';
import { BudgetSpent } from '../transport/transport-errors.ts';
import { candidateFields, writableNames } from './candidate-fields.ts';
import { findExposures } from './find-exposures.ts';
import { hiddenFields } from './hidden-fields.ts';
import { ownNames } from './own-names.ts';
import { listedBefore, readObject } from './read-object.ts';
import { isSetByOthers, isSoftState } from './set-elsewhere.ts';
import { tryOperation } from './try-operation.ts';
import { opensForStronger } from './opens-for-stronger.ts';
import { profileOperations, tryProfile } from './try-profile.ts';
import { registerOperations, tryRegister } from './try-register.ts';

type Data = EvidenceMap['massAssignment'];

/** Requests of its own that it stays below as long as nothing suspicious turns up. */
const mostRequests = 160;

/** Puts fields that are not the caller's to set into permitted writes, and looks for secrets in answers. */
export const massAssignment = defineProbe({
  id: 'mass-assignment/mass-assignment',
  title: 'Slip protected fields into permitted writes',
  provides: 'massAssignment',
  needs: ['planting', 'operations', 'logins', 'crossTenant'],
  leastMode: 'standard',
  estimate: ({ operations }) => Math.min(mostRequests, Math.ceil(operations.length * 2.5)),
  run: async (context) => {
    if (context.mode === 'observe')
      return { status: 'missing', because: 'nothing is changed in observe mode' };
    const { operations, sessions, target, transport } = context;
    const tenant = target.tenants.find((one) => actorsOf(context, one).length > 0);
    if (tenant === undefined) return { status: 'missing', because: 'no actor could log in' };
    const workshop = await workshopOf(context);
    const courier = createCourier(context, 'mass-assignment/mass-assignment');
    const trials: Data['trials'][number][] = [];
    const notTested: Data['notTested'][number][] = [
      { what: 'accepting an invite', because: 'no protected field is slipped into it yet' },
    ];
    let found: Pick<Data, 'exposures' | 'answersRead'> = { exposures: [], answersRead: 0 };
    const start = transport.requests.sent;
    const spent = (): boolean => transport.requests.sent - start >= mostRequests;
    const strongest = (one: string): readonly string[] =>
      actorsOf(context, one)
        .slice(0, 1)
        .map(({ id }) => id);
    try {
      const own = await ownNames(workshop, courier, tenant);
      const others = [
        ...strongest(tenant),
        ...target.tenants.filter((one) => one !== tenant).flatMap(strongest),
      ];
      for (const resource of workshop.graph.resources) {
        const model = workshop.objects.find(
          (one) =>
            one.resource === resource && one.tenant === tenant && one.twin === 'victim' && one.ownerReads,
        );
        if (!model || resource.create === null || resource.referent.startsWith('scope ')) continue;
        const writes = [resource.create, ...resource.updates];
        const may = (id: string): boolean =>
          workshop.capabilities.get(`${id} ${model.owner}`)?.state !== 'denied';
        const { object: mine } = await readObject(workshop, courier, model, model.owner, false);
        if (!mine) continue;
        const [chief] = strongest(tenant).filter((one) => one !== model.owner);
        const whole =
          chief === undefined
            ? null
            : (listedBefore(workshop, model, chief, mine) ??
              (await readObject(workshop, courier, model, chief, false)).object);
        const object = { ...whole, ...mine };
        const overseer = Object.keys(object).length > Object.keys(mine).length ? (chief ?? null) : null;
        const owner = actorsOf(context, tenant).find(({ id }) => id === model.owner);
        let spare: PlantedObject | null = null;
        for (const operation of writes) {
          if (operation !== resource.create && !may(operation.id)) continue;
          const declared = writes.filter(
            (one) => one === operation || one === resource.create || may(one.id),
          );
          const known = [...writableNames(writes.filter((one) => !declared.includes(one)))];
          const shown = candidateFields(object, operation, declared, own).flatMap((field) => {
            if (field.kind !== 'state' || !isSoftState(field.name)) return [field];
            if (owner && isSetByOthers(workshop, resource, field.name, owner)) return [field];
            // What a further action on the object sets by design is not a protected state.
            return resource.below.every(({ method }) => method === 'GET') ? [{ ...field, asks: true }] : [];
          });
          const candidates = [...shown, ...hiddenFields(object, operation, declared, own, known)];
          if (candidates.length === 0) continue;
          if (spent()) {
            notTested.push({ what: operation.id, because: `${mostRequests} requests were spent on others` });
            continue;
          }
          context.progress(`protected fields in ${operation.id}`);
          const readers = others.filter((one) => one !== model.owner);
          const result = await tryOperation(
            { workshop, courier, model, operation, candidates, others: readers, overseer },
            spare,
          );
          trials.push(...result.trials);
          spare = result.spare;
        }
      }
      const throwaway = sessions.throwaway(tenant);
      for (const operation of profileOperations(operations)) {
        if (throwaway === null) {
          const because = `${tenant} has no throw-away account in the target file`;
          notTested.push({ what: operation.id, because });
          continue;
        }
        const result = await tryProfile(workshop, courier, operation, throwaway, own);
        if (result.kind === 'tried') trials.push(...result.trials);
        else notTested.push({ what: operation.id, because: result.because });
      }
      for (const operation of registerOperations(workshop)) {
        if (context.mode !== 'full' && !target.allow.operations.includes(operation.id)) {
          const because =
            'the account that it opens could not be removed: run with --mode full, or list it in allow.operations';
          notTested.push({ what: operation.id, because });
          continue;
        }
        const result = await tryRegister(workshop, courier, operation, own, (credential) =>
          opensForStronger(workshop, courier, tenant, credential),
        );
        if (result.kind === 'tried') trials.push(...result.trials);
        else notTested.push({ what: operation.id, because: result.because });
      }
      found = await findExposures(workshop, courier);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      notTested.push({ what: 'the remaining operations', because: error.message });
    }
    return { status: 'gathered', data: { trials, ...found, notTested } };
  },
});
