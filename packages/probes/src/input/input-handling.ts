import type { EvidenceMap } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { canUpdate } from '../plant/capability.ts';
import type { PlantResult } from '../plant/planted-object.ts';
import { createCourier } from '../cross-tenant/courier.ts';
import { freshControl } from './fresh-control.ts';
import { inputOrder } from './input-order.ts';
import { workshopOf } from '../plant/workshop.ts';
import { defineProbe } from '../probe.ts';
import { badBodies } from './bad-bodies.ts';
import { tryInput, type InputTrial } from './try-input.ts';

const id = 'input/input-handling';
/** Operations on which what every route answers in the same place is tried. */
const generalOperations = 2;
/** Operations that get every bad body; the rest get what each field must be checked for by itself. */
const fullOperations = 3;
/** Requests for bad input; what is left then stays untried, and is named. */
const mostRequests = 110;

/** Bad input to every write that good input works for. */
export const inputHandling = defineProbe({
  id,
  title: 'Malformed and oversized input',
  provides: 'inputHandling',
  needs: ['logins', 'operations', 'planting', 'crossTenant', 'roleMatrix', 'csrf'],
  leastMode: 'standard',
  estimate: ({ operations }) =>
    Math.min(
      mostRequests + 10,
      operations.filter(({ method }) => method === 'POST' || method === 'PATCH' || method === 'PUT').length *
        10,
    ),
  async run(context) {
    const workshop = await workshopOf(context);
    const courier = createCourier(context, id);
    const trials: InputTrial[] = [];
    const notTested: NonNullable<EvidenceMap['inputHandling']['notTested']>[number][] = [];
    const tried = new Set<string>();
    const start = context.transport.requests.sent;
    const spent = (): boolean => context.transport.requests.sent - start >= mostRequests;
    for (const planted of inputOrder(workshop.objects.filter((one) => one.twin !== 'throwaway'))) {
      const { resource, owner } = planted;
      const { create } = resource;
      if (create === null) continue;
      tried.add(create.id);
      if (spent()) {
        notTested.push({
          operation: create.id,
          because: `${mostRequests} requests were enough for the others`,
        });
        continue;
      }
      const brief = tried.size > fullOperations;
      context.progress(`bad input to ${create.id}`);
      if (create.body !== undefined && !/json/i.test(create.body.contentType)) {
        notTested.push({
          operation: create.id,
          because: `bodies of type ${create.body.contentType} are not varied`,
        });
        continue;
      }
      // The control: good input still works, and its object takes what updates do.
      const control: PlantResult = brief
        ? { kind: 'planted', object: planted }
        : await freshControl(workshop, courier, planted, 'good input');
      if (control.kind === 'not-planted') {
        notTested.push({ operation: create.id, because: `good input did not work: ${control.because}` });
        continue;
      }
      const { object } = control;
      const general = tried.size <= generalOperations;
      const order = { partial: false, general, brief } as const;
      const sample = workshop.body(create, 'create', owner, object.values).value;
      const count = badBodies({ ...order, operation: create, value: sample }).length;
      let limited = false;
      for (let index = 0; index < count && !limited; index += 1) {
        // A fresh body each time, since names may have to be unique.
        const { value, canaries } = workshop.body(create, 'create', owner, object.values);
        const bad = badBodies({ ...order, operation: create, value })[index];
        if (bad === undefined) continue;
        const trial = await tryInput(workshop, courier, object, create, bad, canaries);
        trials.push(trial);
        limited = isLimited(trial);
      }
      if (limited) notTested.push({ operation: create.id, because: limitReached });
      if (brief || spent() || limited) continue;
      const [update] = resource.updates;
      const reaches =
        update !== undefined &&
        fillCall(update, workshop.graph.boundSlots(update), object.values).kind === 'filled';
      if (
        update === undefined ||
        !reaches ||
        (update.body !== undefined && !/json/i.test(update.body.contentType))
      )
        continue;
      // The control of updates: where good ones do not work, bad ones say nothing.
      const right = await canUpdate(workshop, courier, update, owner, object);
      if (right.state !== 'able' && right.exchanges.length > 0) {
        notTested.push({ operation: update.id, because: `good input did not work: ${right.because}` });
        continue;
      }
      const { value } = workshop.body(update, 'update', owner, object.values);
      const changes = { operation: update, value, partial: true, general: false, brief: false } as const;
      for (const bad of badBodies(changes)) {
        const trial = await tryInput(workshop, courier, object, update, bad, object.canaries);
        trials.push(trial);
        if (!isLimited(trial)) continue;
        notTested.push({ operation: update.id, because: limitReached });
        break;
      }
    }
    for (const { operation, because } of context.evidence('planting')?.notPlantable ?? []) {
      const known =
        tried.has(operation) || notTested.some((one) => one.operation === operation) || operation === '-';
      // Ways to log in and the like are not objects and are left out by name; what could not be made is a gap.
      if (!known && !/speaks of logins|could not be removed/.test(because))
        notTested.push({ operation, because });
    }
    return { status: 'gathered', data: { trials, notTested } };
  },
});

const limitReached = 'a limit of the application was reached, and more requests would only be turned away';

/** What comes after that would say nothing of the input either. */
const isLimited = ({ status }: InputTrial): boolean => status === 429;
