import type { Actor, ExchangeId, Operation } from '@launch-ready/core';
import { aliveUrl } from './alive-url.ts';
import { ownerLooks } from './attack-reads.ts';
import { encodedAs, fillCall } from './call-shape.ts';
import { canUpdate } from './capability.ts';
import { asActor, changes, exchangesOf, isSuccess, outcomeOf, type Call, type Delivery } from './courier.ts';
import type { Canary } from '../ledger/ledger.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import { viewAsOwner } from './owner-view.ts';
import { plantObject } from './plant-object.ts';
import type { PlantedObject } from './planted-object.ts';
import { quietVerdict, type Controls } from './quiet-verdict.ts';
import { reproductionOf } from './reproduction.ts';
import { objectSwaps, type SwapVariant } from './swap-variants.ts';

interface Attack {
  readonly attacker: Actor;
  readonly variant: SwapVariant;
  readonly operation: Operation;
  readonly controls: Controls;
}

interface Sent {
  readonly answer: Delivery;
  readonly call: Call;
  readonly marks: readonly string[];
  readonly written: readonly Canary[];
}

/**
 * Changes foreign objects. All attacks on one operation are sent before its owner looks once; what the owner then sees of
 * any of them is repeated one attack at a time, each on two fresh objects.
 */
export async function attackUpdates(front: Front, stage: Stage): Promise<readonly CrossTenantTrial[]> {
  const { workshop, courier } = front;
  const { victim, control, own, resource } = stage;
  const trials: CrossTenantTrial[] = [];
  for (const operation of resource.updates) {
    const owner = await canUpdate(workshop, courier, operation, victim.owner, control ?? victim);
    const attacks: Attack[] = [];
    for (const [rank, attacker] of front.attackers.entries()) {
      const self = own ? await canUpdate(workshop, courier, operation, attacker.id, own) : null;
      const selfTenant =
        own && self?.state !== 'able' ? await canUpdate(workshop, courier, operation, own.owner, own) : null;
      const variants = objectSwaps(workshop, operation, victim, own, front.attackerTenant);
      for (const variant of rank > 0 ? variants.slice(0, 1) : variants) {
        attacks.push({ attacker, variant, operation, controls: { owner, self, selfTenant } });
      }
    }
    const before = await viewAsOwner(workshop, courier, victim, 'the owner reads it before the attacks');
    const sent: (Attack & Sent)[] = [];
    for (const attack of attacks) {
      const one = await send(front, stage, attack, victim, 'attack');
      if (one) sent.push({ ...attack, ...one });
    }
    if (sent.length === 0) continue;
    const after = await viewAsOwner(workshop, courier, victim, 'the owner reads it after the attacks');
    const seen = sent.some((one) => one.marks.some((mark) => after.text.includes(mark)));
    const suspicious = seen || (before.present && !after.present);
    // What strangers wrote is now part of the object, so that its owner can still be seen to find it.
    const written = sent.flatMap(({ written }) => written).filter(({ value }) => after.text.includes(value));
    if (written.length > 0) workshop.remark(victim.ref, written);
    for (const one of sent) {
      const trial = suspicious
        ? await isolated(front, stage, one)
        : await quietTrial(
            front,
            stage,
            one,
            [...before.exchanges, ...after.exchanges],
            before.present && after.present,
          );
      trials.push(trial);
      if (!suspicious && isSuccess(one.answer)) {
        front.pending.push({
          marks: one.marks,
          object: victim,
          settle: async () => [await isolated(front, stage, one)],
        });
      }
    }
  }
  return trials;
}

const headOf = ({ resource, victim }: Stage, { attacker, variant, operation }: Attack) =>
  ({
    operation: operation.id,
    action: 'update',
    slot: variant.slot,
    relation: `foreign ${attacker.role}`,
    attacker: attacker.id,
    owner: victim.owner,
    objectType: resource.type,
  }) as const;

async function quietTrial(
  front: Front,
  stage: Stage,
  one: Attack & Sent,
  views: readonly ExchangeId[],
  ownerSaw: boolean,
): Promise<CrossTenantTrial> {
  const quiet = ownerSaw
    ? await quietVerdict(front.workshop, one.attacker, one.answer, one.controls)
    : ({ verdict: 'inconclusive', because: 'the owner could not read its object before and after' } as const);
  const exchanges = [
    ...one.controls.owner.exchanges,
    ...(one.controls.self?.exchanges ?? []),
    ...exchangesOf(one.answer),
    ...views,
  ];
  return {
    ...headOf(stage, one),
    ...quiet,
    confirmations: quiet.verdict === 'safe' ? 1 : 0,
    seenIn: null,
    exchanges,
    reproduce: null,
  };
}

/** The whole chain on two fresh objects. */
async function isolated(front: Front, stage: Stage, attack: Attack): Promise<CrossTenantTrial> {
  const { workshop, courier } = front;
  const { victim, resource } = stage;
  const exchanges: ExchangeId[] = [];
  let effects = 0;
  let unchanged = false;
  let last: { readonly object: PlantedObject; readonly sent: Sent } | null = null;
  for (let round = 1; round <= 2; round += 1) {
    const fresh = await plantObject(workshop, courier, {
      resource,
      actor: victim.owner,
      tenant: victim.tenant,
      twin: 'throwaway',
      purpose: 'confirm',
    });
    if (fresh.kind === 'not-planted' || !fresh.object.ownerReads) break;
    const sent = await send(front, stage, attack, fresh.object, 'confirm');
    if (!sent) break;
    const after = await viewAsOwner(workshop, courier, fresh.object, 'confirm: the owner reads it');
    exchanges.push(...fresh.object.exchanges, ...exchangesOf(sent.answer), ...after.exchanges);
    unchanged = after.present && !sent.marks.some((mark) => after.text.includes(mark));
    if (unchanged || !(after.gone || after.present)) break;
    effects += 1;
    last = { object: fresh.object, sent };
  }
  const head = headOf(stage, attack);
  if (effects < 2 || !last) {
    const because =
      effects === 1
        ? 'the owner saw the change once, but not on a second object'
        : 'the owner saw some change, and no fresh object told whether it came from this attack';
    const quiet =
      effects === 0 && unchanged
        ? await afterNoEffect(front, attack, because)
        : ({ verdict: 'inconclusive', because } as const);
    return { ...head, ...quiet, confirmations: effects, seenIn: null, exchanges, reproduce: null };
  }
  return {
    ...head,
    verdict: 'write',
    because: `${attack.attacker.id} changed ${resource.type} of ${victim.owner}: the request was ${outcomeOf(last.sent.answer)}, and the owner then read what the attacker wrote`,
    confirmations: 2,
    seenIn: 'body',
    exchanges,
    reproduce: reproductionOf(workshop, {
      proof: 'changed',
      object: last.object,
      attacker: attack.attacker.id,
      attack: {
        call: last.sent.call,
        values: new Map([...attack.variant.values, [resource.referent, last.object.id]]),
      },
      attackMarks: last.sent.marks,
      ownerLooks: ownerLooks(front, last.object, attack.operation),
      alive: aliveUrl(front, stage),
    }),
  };
}

async function afterNoEffect(
  front: Front,
  attack: Attack & Partial<Sent>,
  because: string,
): Promise<{ readonly verdict: 'safe' | 'inconclusive'; readonly because: string }> {
  return attack.answer
    ? quietVerdict(front.workshop, attack.attacker, attack.answer, attack.controls)
    : { verdict: 'inconclusive', because };
}

async function send(
  { workshop, courier }: Front,
  { resource }: Stage,
  { attacker, variant, operation }: Attack,
  object: PlantedObject,
  purpose: string,
): Promise<Sent | null> {
  const values = new Map([...variant.values, [resource.referent, object.id] as const]);
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), values);
  const made = workshop.body(operation, 'update', attacker.id, values);
  const body = encodedAs(operation, made.value);
  if (filled.kind === 'unfilled' || !body || made.canaries.length === 0) return null;
  const marks = made.canaries.map(({ value }) => value);
  // Fields named like ids (slugs) carry the attacker's markers: made-up values that name nobody's object.
  for (const { value } of made.canaries) workshop.context.ledger.allowScope(value);
  const call: Call = {
    operation,
    url: filled.url,
    headers: filled.headers,
    body,
    effect: changes(object.ref),
    purpose: `${purpose}: ${attacker.id} changes ${resource.type} of ${object.owner}`,
  };
  return { answer: await courier.send(asActor(attacker.id), call), call, marks, written: made.canaries };
}
