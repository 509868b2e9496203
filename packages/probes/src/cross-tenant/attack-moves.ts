import type { Actor, ExchangeId, Operation } from '@launch-ready/core';
import type { LedgerRef } from '../ledger/ledger.ts';
import { aliveUrl } from '../access/alive-url.ts';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import {
  asActor,
  changes,
  exchangesOf,
  isSuccess,
  noEffect,
  outcomeOf,
  type Call,
  type Delivery,
} from './courier.ts';
import { isRepresentative, type CrossTenantTrial, type Front, type Stage } from './front.ts';
import { injected } from '../plant/injected.ts';
import { injectionsFor, type Injection } from './injections.ts';
import { ownerLooks } from './owner-looks.ts';
import { ownView } from '../access/own-view.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { readCall } from '../coverage/read-as.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';

interface Move {
  readonly call: Call;
  readonly answer: Delivery;
  /** The foreign owner finds the attacker's mark among its own. */
  readonly arrived: boolean;
  /** The attacker finds a foreign canary in its own object. */
  readonly shown: LedgerRef | null;
  readonly carrier: PlantedObject;
  /** How the attacker reads what it changed. */
  readonly home: Call | null;
  readonly marks: readonly string[];
  readonly exchanges: readonly ExchangeId[];
}

/**
 * Changes the attacker's own objects so that they point at what belongs to the victim: the victim then finding them among its
 * own is an insert, the attacker then finding a foreign canary in them is a leak.
 */
export async function attackMoves(front: Front, stage: Stage): Promise<readonly CrossTenantTrial[]> {
  const { own, victim, resource } = stage;
  const [attacker] = front.attackers;
  if (!own || !attacker || victim.exposure !== 'shared' || !isRepresentative(front, stage)) return [];
  const trials: CrossTenantTrial[] = [];
  for (const operation of resource.updates) {
    const view = await ownView(front, own, attacker.id);
    for (const injection of injectionsFor(front, stage, operation, view).slice(0, 2)) {
      const first = await move(front, stage, { operation, attacker, injection });
      if (!first || (!first.arrived && first.shown === null)) continue;
      const second = await move(front, stage, { operation, attacker, injection });
      const slot = `body:/${injection.field}`;
      const action = first.arrived ? 'insert' : 'read';
      const head = trialHead(stage, { operation, action, slot, attacker });
      const exchanges = [...first.exchanges, ...(second?.exchanges ?? [])];
      if (!second || second.arrived !== first.arrived || (second.shown === null) !== (first.shown === null)) {
        const because = 'an own object that points at a foreign one had an effect once, but not again';
        trials.push({
          ...head,
          ...quietParts({ verdict: 'inconclusive', because, seenOnce: true }, exchanges),
        });
        continue;
      }
      const what = first.arrived
        ? `and ${victim.owner} then found it among its own`
        : 'and a canary of the other tenant then came back with it';
      trials.push({
        ...head,
        verdict: first.arrived ? 'insert' : 'leak',
        because: `${attacker.id} set ${injection.field} of an object of its own to what belongs to ${victim.tenant} (${outcomeOf(first.answer)}), ${what}`,
        confirmations: 2,
        seenIn: 'body',
        exchanges,
        reproduce: reproduction(front, stage, attacker, second),
      });
    }
  }
  return trials;
}

function reproduction(
  front: Front,
  stage: Stage,
  attacker: Actor,
  { call, marks, carrier, shown, home }: Move,
): CrossTenantTrial['reproduce'] {
  const { workshop } = front;
  const { victim, resource } = stage;
  const attack = { call, values: carrier.values };
  const common = { attacker: attacker.id, attack, attackMarks: marks, alive: aliveUrl(front, stage) };
  const object = workshop.objects.find(({ ref }) => ref === shown);
  if (object && home)
    return reproductionOf(workshop, {
      ...common,
      proof: 'seen',
      object,
      afterwards: { call: home, id: carrier.id, idPointer: null },
      ownerLooks: ownerLooks(front, object, call.operation),
    });
  const [list] = resource.lists;
  const looks = list ? readCall(front, list, victim.values, 'reproduce') : null;
  if (!looks) return null;
  const seen = { call: looks, values: victim.values };
  return reproductionOf(workshop, { ...common, proof: 'changed', object: victim, ownerLooks: seen });
}

async function move(
  front: Front,
  stage: Stage,
  {
    operation,
    attacker,
    injection,
  }: { readonly operation: Operation; readonly attacker: Actor; readonly injection: Injection },
): Promise<Move | null> {
  const { workshop, courier } = front;
  const { resource, victim } = stage;
  const carrier = await carrierFor(front, stage, attacker);
  if (!carrier) return null;
  const { ledger, leaks } = workshop.context;
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), carrier.values);
  const made = workshop.body(operation, 'update', attacker.id, carrier.values);
  const body = encodedAs(operation, injected(made.value, { [injection.field]: injection.value }));
  if (filled.kind === 'unfilled' || !body) return null;
  workshop.remark(carrier.ref, made.canaries);
  const call: Call = {
    operation,
    url: filled.url,
    headers: filled.headers,
    body,
    effect: changes(carrier.ref),
    purpose: `attack: ${attacker.id} moves ${resource.type} of its own to ${victim.tenant}`,
  };
  const answer = await courier.send(asActor(attacker.id), call);
  const exchanges: ExchangeId[] = [...exchangesOf(answer)];
  if (!isSuccess(answer))
    return { call, answer, arrived: false, shown: null, marks: [], exchanges, carrier, home: null };
  const home = resource.read
    ? readCall(front, resource.read, carrier.values, `attack: ${attacker.id} reads what it moved`)
    : null;
  if (home) exchanges.push(...exchangesOf(await courier.send(asActor(attacker.id), home)));
  const shown = exchanges
    .flatMap((exchange) => leaks.inExchange(exchange))
    .filter(({ ref }) => ledger.entry(ref).tenant === front.victimTenant);
  for (const { ref } of shown) front.exposed.add(ref);
  const marks = [...carrier.canaries, ...made.canaries].map(({ value }) => value);
  let arrived = false;
  for (const list of resource.lists) {
    const looks = readCall(front, list, victim.values, 'does the owner find it among its own');
    if (!looks) continue;
    const seen = await courier.send(asActor(victim.owner), { ...looks, effect: noEffect });
    exchanges.push(...exchangesOf(seen));
    const text = seen.kind === 'answer' ? seen.text.toLowerCase() : '';
    // A list that shows the owner any object of the attacker's tenant says nothing about this one.
    const isOpen = stage.own?.canaries.some(({ value }) => text.includes(value)) === true;
    arrived ||= !isOpen && marks.some((mark) => text.includes(mark));
  }
  return {
    call,
    answer,
    arrived,
    shown: shown[0]?.ref ?? null,
    carrier,
    home,
    marks: made.canaries.map(({ value }) => value),
    exchanges,
  };
}

/** An object of the attacker's own that may be spoilt. */
async function carrierFor(
  { workshop, courier }: Front,
  { resource, own }: Stage,
  attacker: Actor,
): Promise<PlantedObject | null> {
  const tenant = attacker.tenant ?? '';
  const order = { resource, tenant, twin: 'throwaway', purpose: 'move' } as const;
  const mine = await plantObject(workshop, courier, { ...order, actor: attacker.id });
  if (mine.kind === 'planted') return mine.object;
  if (!own) return null;
  const theirs = await plantObject(workshop, courier, { ...order, actor: own.owner });
  return theirs.kind === 'planted' ? theirs.object : null;
}
