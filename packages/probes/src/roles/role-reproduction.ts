import {
  isSafeMethod,
  type Actor,
  type EvidenceMap,
  type Operation,
  type Reproduction,
} from '@launch-ready/core';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import { aliveUrlIn } from '../access/alive-url.ts';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { coverageSubject } from '../coverage/coverage-subject.ts';
import { noEffect, type Courier } from '../cross-tenant/courier.ts';
import { ownerLooks } from '../cross-tenant/owner-looks.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import type { Workshop } from '../plant/workshop.ts';

type Cell = EvidenceMap['roleMatrix']['cells'][number];

/** What shows again that a role may do what it should not: by content that it is given, or by an effect on a fresh object. */
export function roleReproduction(
  workshop: Workshop,
  courier: Courier,
  cell: Pick<Cell, 'relation' | 'exchanges' | 'because'>,
  operation: Operation,
  actor: Actor,
  strong: Actor,
): Reproduction | null {
  const tenant = actor.tenant ?? '';
  const { resources } = workshop.graph;
  const changed = resources.find((one) => one.remove === operation || one.updates.includes(operation));
  const created = resources.find((one) => one.create === operation);
  const alive = aliveUrlIn(workshop, tenant, (changed ?? created)?.lists ?? []);
  if (isSafeMethod(operation.method)) {
    const seen = cell.exchanges.some((id) => workshop.context.leaks.inExchange(id).length > 0);
    const subject = coverageSubject(workshop, operation, tenant, { ownTenant: true });
    const object =
      subject?.object ??
      ofTenant(workshop, tenant).find(({ resource }) => resource.lists.includes(operation));
    if (seen && object && subject?.filled.kind === 'filled') {
      const { url, headers } = subject.filled;
      const call = { operation, url, headers, body: null, effect: noEffect, purpose: 'role' };
      const values = object.values;
      return reproductionOf(workshop, {
        proof: 'seen',
        object,
        attacker: actor.id,
        attack: { call, values },
        attackMarks: [],
        ownerLooks: ownerLooks({ workshop }, object, operation),
        looker: strong.id,
        alive,
      });
    }
    return answeredReproduction(workshop, courier, cell, operation, actor, strong);
  }
  const objects = ofTenant(workshop, tenant).filter(({ resource }) => resource === (changed ?? created));
  if (changed && objects.length > 0) {
    const isOwn = (one: PlantedObject): boolean => (one.owner === actor.id) === (cell.relation === 'own');
    const object = objects.find((one) => isOwn(one)) ?? objects[0];
    return object ? changeReproduction(workshop, cell, operation, actor, object, alive, strong) : null;
  }
  const object = objects.find(({ owner }) => owner === actor.id);
  if (created && object)
    return reproductionOf(workshop, {
      proof: 'made',
      object,
      attacker: actor.id,
      attack: { call: object.made, values: object.values },
      attackMarks: object.canaries.map(({ value }) => value),
      ownerLooks: ownerLooks({ workshop }, object, operation),
      looker: strong.id,
      alive,
    });
  return answeredReproduction(workshop, courier, cell, operation, actor, strong);
}

const ofTenant = (workshop: Workshop, tenant: string): readonly PlantedObject[] =>
  workshop.objects.filter((one) => one.tenant === tenant);

function changeReproduction(
  workshop: Workshop,
  cell: Pick<Cell, 'because'>,
  operation: Operation,
  actor: Actor,
  object: PlantedObject,
  alive: string | null,
  strong: Actor,
): Reproduction | null {
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
  if (filled.kind === 'unfilled') return null;
  const removes = object.resource.remove === operation;
  const made =
    operation.body && (!removes || operation.body.required)
      ? workshop.body(operation, 'update', actor.id, object.values)
      : null;
  const marks = removes ? [] : (made?.canaries ?? []).map(({ value }) => value);
  const { url, headers } = filled;
  const body = made ? encodedAs(operation, made.value) : null;
  // An object that is kept and marked as removed is seen in another state.
  const proof =
    marks.length > 0 ? 'changed' : removes && !cell.because.includes('another state') ? 'gone' : 'altered';
  return reproductionOf(workshop, {
    proof,
    object,
    attacker: actor.id,
    attack: {
      call: { operation, url, headers, body, effect: noEffect, purpose: 'role' },
      values: object.values,
    },
    attackMarks: marks,
    leaves: [''],
    ownerLooks: ownerLooks({ workshop }, object, operation),
    looker: strong.id,
    alive,
  });
}

/** For what shows in the answer alone: content, or how far a request that changes nothing gets. */
function answeredReproduction(
  workshop: Workshop,
  courier: Courier,
  { exchanges }: Pick<Cell, 'exchanges'>,
  operation: Operation,
  actor: Actor,
  strong: Actor,
): Reproduction | null {
  const call = exchanges
    .flatMap((id) => courier.callOf(id)?.call ?? [])
    .find((one) => one.operation === operation);
  const subject = coverageSubject(workshop, operation, actor.tenant ?? '', { ownTenant: true });
  const own = subject?.filled.kind === 'filled' && isSafeMethod(operation.method) ? subject.filled : null;
  const shown = call ?? own;
  if (!shown) return null;
  const { origin } = operation;
  const as = credentialVariable(actor.id);
  const control = credentialVariable(strong.id);
  const body = call?.body ?? null;
  const { url, headers } = shown;
  const request = requestTemplate({ method: operation.method, url, headers, body, operation }, origin);
  const past = isSafeMethod(operation.method) ? [] : [400, 404, 409, 422];
  const script = reproductionScriptOf({
    does: [
      `Sends ${operation.id} with a weak role, and beside it with a strong one.`,
      ...(past.length > 0
        ? ['The request is incomplete on purpose: whoever may not is stopped before that is noticed.']
        : []),
    ],
    needs: [
      [as, `the session of ${actor.id}, as whole request header lines`],
      [control, `the same of ${strong.id}`],
    ],
    plan: { origin, as, control, request, past },
    body: `
const passes = (answer) => (answer.ok && answer.text.trim() !== '') || plan.past.includes(answer.status);
const strong = await send(plan.request, {}, given(plan.control));
if (!passes(strong)) cannotTell('the strong role was answered ' + strong.status);
const weak = await send(plan.request, {}, given(plan.as));
if (overloaded(weak)) cannotTell('the weak role was answered ' + weak.status);
if (passes(weak)) there('the weak role was answered ' + weak.status);
if (weak.status === 403 || weak.status === 404) gone('the weak role was answered ' + weak.status + ', the strong one ' + strong.status);
cannotTell('the weak role was answered ' + weak.status);
`,
  });
  return { curl: curlLine(request, { credential: as }), script };
}
