import { anonymous, type ExchangeId, type Operation } from '@launch-ready/core';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { trialOf, type CoverageTrial } from './coverage-reads.ts';
import type { CoverageSubject } from './coverage-subject.ts';
import {
  asActor,
  changes,
  exchangesOf,
  isSuccess,
  noEffect,
  outcomeOf,
  type Call,
  type Courier,
  type Delivery,
} from '../cross-tenant/courier.ts';
import { objectIdsIn } from '../access/object-ids.ts';
import type { Resource } from '../access/resource-graph.ts';
import { sendSpoilt, type Spoilt } from '../access/spoilt-credentials.ts';
import type { Workshop } from '../plant/workshop.ts';
import { reproductionOf, type ReproductionPlan } from '../reproduction/object-reproduction.ts';
import { enterUnmade } from '../cross-tenant/enter-unmade.ts';
import { takesBody } from '../plant/unstated-body.ts';

/** Creates objects without a valid credential, and looks whether an owner then finds them. */
export async function coverCreates(
  workshop: Workshop,
  courier: Courier,
  subject: CoverageSubject,
  resource: Resource,
  spoilt: readonly Spoilt[],
): Promise<readonly CoverageTrial[]> {
  const { operation } = subject;
  const like = workshop.objects.find(
    (one) => one.resource === resource && one.tenant === subject.tenant && one.twin === 'victim',
  );
  const { filled } = subject;
  if (filled.kind === 'unfilled')
    return spoilt.map(({ kind }) =>
      trialOf(subject, kind, 'inconclusive', `nothing is known to fill ${filled.slot} with`, []),
    );
  const values = new Map([...(like?.values ?? []), ...subject.values]);
  values.delete(resource.referent);
  const trials: CoverageTrial[] = [];
  for (const one of spoilt) {
    const { kind } = one;
    const attempt = async (): Promise<{
      readonly answer: Delivery;
      readonly seen: boolean;
      readonly exchanges: readonly ExchangeId[];
      readonly reproduce?: ReproductionPlan;
    }> => {
      const made = workshop.body(operation, 'create', subject.actor, values);
      const { ledger } = workshop.context;
      const ref = ledger.intend({
        operation: operation.id,
        actor: like?.owner ?? subject.actor,
        tenant: subject.tenant,
        type: resource.type,
        twin: 'throwaway',
        canaries: made.canaries,
        slots: filled.slots,
        readUrl: null,
        deleteUrl: null,
        listUrl: null,
      });
      const call: Call = {
        operation,
        url: filled.url,
        headers: filled.headers,
        body: takesBody(operation) ? encodedAs(operation, made.value) : null,
        effect: { kind: 'create', entry: ref },
        purpose: `create ${resource.type} with credential: ${kind}`,
      };
      const answer = await sendSpoilt(courier, one, call);
      const id =
        answer.kind === 'answer' && answer.status < 400
          ? objectIdsIn(answer, resource.type, null)[0]
          : undefined;
      if (id === undefined) enterUnmade(ledger, ref, answer);
      else if (ledger.findByObjectId(id) !== null) ledger.notCreated(ref);
      else {
        const at = (one: Operation | null): string | null => {
          const url = one
            ? fillCall(one, workshop.graph.boundSlots(one), new Map([...values, [resource.referent, id]]))
            : null;
          return url?.kind === 'filled' ? url.url : null;
        };
        ledger.created(ref, { objectId: id, readUrl: at(resource.read), deleteUrl: at(resource.remove) });
      }
      if (answer.kind !== 'answer' || (answer.status >= 400 && answer.status !== 404))
        return { answer, seen: false, exchanges: exchangesOf(answer) };
      const exchanges = [...exchangesOf(answer)];
      for (const list of [...resource.lists, ...(id !== undefined && resource.read ? [resource.read] : [])]) {
        const url = fillCall(
          list,
          workshop.graph.boundSlots(list),
          new Map([...values, ...(id === undefined ? [] : [[resource.referent, id] as const])]),
        );
        if (url.kind === 'unfilled') continue;
        const look = await courier.send(asActor(like?.owner ?? subject.actor), {
          operation: list,
          url: url.url,
          headers: url.headers,
          body: null,
          effect: noEffect,
          purpose: 'does an owner find it',
        });
        exchanges.push(...exchangesOf(look));
        const text = look.kind === 'answer' && isSuccess(look) ? look.text.toLowerCase() : '';
        if (!made.canaries.some(({ value }) => text.includes(value))) continue;
        const reproduce = like && {
          proof: 'made' as const,
          object: { ...like, ...(id === undefined ? {} : { id }) },
          attacker: kind === 'none' ? anonymous : `${like.owner}.${kind}`,
          spoilt: kind,
          attack: { call, values },
          attackMarks: made.canaries.map(({ value }) => value),
          ownerLooks: { call: { operation: list, url: url.url, headers: url.headers }, values },
          alive: null,
        };
        return { answer, seen: true, exchanges, ...(reproduce ? { reproduce } : {}) };
      }
      return { answer, seen: false, exchanges };
    };
    const first = await attempt();
    if (first.seen) {
      const second = await attempt();
      const trial = trialOf(
        subject,
        kind,
        second.seen ? 'changed' : 'inconclusive',
        second.seen
          ? `${outcomeOf(first.answer)}, and an owner then found what was made`
          : 'an effect was seen once, but not again',
        [...first.exchanges, ...second.exchanges],
      );
      trials.push(
        second.reproduce === undefined
          ? trial
          : { ...trial, reproduce: reproductionOf(workshop, second.reproduce) },
      );
      continue;
    }
    trials.push(refusedOr(subject, kind, first.answer, like !== undefined, first.exchanges));
  }
  return trials;
}

/** Calls what changes something that is not an object of ours with an empty body: a refusal proves that the door is shut. */
export async function coverOthers(
  workshop: Workshop,
  courier: Courier,
  subject: CoverageSubject,
  spoilt: readonly Spoilt[],
): Promise<readonly CoverageTrial[]> {
  const { operation, object, filled } = subject;
  if (filled.kind === 'unfilled')
    return spoilt.map(({ kind }) =>
      trialOf(subject, kind, 'inconclusive', `nothing is known to fill ${filled.slot} with`, []),
    );
  const { ledger } = workshop.context;
  const trials: CoverageTrial[] = [];
  for (const one of spoilt) {
    const { kind } = one;
    const ref = object
      ? null
      : ledger.intend({
          operation: operation.id,
          actor: subject.actor,
          tenant: subject.tenant,
          type: operation.path,
          twin: 'throwaway',
          canaries: [],
          slots: filled.slots,
          readUrl: null,
          deleteUrl: null,
          listUrl: null,
        });
    const effect =
      ref === null ? (object ? changes(object.ref) : noEffect) : ({ kind: 'create', entry: ref } as const);
    const answer = await sendSpoilt(courier, one, {
      operation,
      url: filled.url,
      headers: filled.headers,
      body: operation.body ? encodedAs(operation, {}) : null,
      effect,
      purpose: `an empty request with credential: ${kind}`,
    });
    if (ref !== null) {
      if (isSuccess(answer))
        ledger.leftover(
          ref,
          `an empty request without a valid credential was ${outcomeOf(answer)}; it may have made something`,
        );
      else ledger.notCreated(ref);
    }
    trials.push(refusedOr(subject, kind, answer, false, exchangesOf(answer)));
    // A second empty request would teach nothing when the first one got through.
    if (isSuccess(answer)) break;
  }
  return trials;
}

function refusedOr(
  subject: CoverageSubject,
  kind: CoverageTrial['credential'],
  answer: Delivery,
  controlWorked: boolean,
  exchanges: readonly ExchangeId[],
): CoverageTrial {
  if (answer.kind !== 'answer' || answer.status >= 500 || answer.status === 429)
    return trialOf(subject, kind, 'inconclusive', outcomeOf(answer), exchanges);
  if (answer.status === 401 || answer.status === 403)
    return trialOf(subject, kind, 'refused', `answered ${answer.status}`, exchanges);
  if (controlWorked && answer.status < 500)
    return trialOf(
      subject,
      kind,
      'refused',
      `answered ${answer.status}, and nobody found anything new, while the same request with a valid credential creates one`,
      exchanges,
    );
  return trialOf(
    subject,
    kind,
    'inconclusive',
    `an empty request was answered ${answer.status}: whether a credential was asked for cannot be told without changing what is not ours`,
    exchanges,
  );
}
