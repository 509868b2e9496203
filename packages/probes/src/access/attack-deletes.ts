import type { Actor, ExchangeId } from '@launch-ready/core';
import { aliveUrl } from './alive-url.ts';
import { ownerLooks } from './attack-reads.ts';
import { encodedAs, fillCall } from './call-shape.ts';
import { canDelete } from './capability.ts';
import { asActor, changes, exchangesOf, outcomeOf, type Call, type Delivery } from './courier.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import { changedLeaves, viewAsOwner } from './owner-view.ts';
import { plantObject } from './plant-object.ts';
import type { PlantedObject } from './planted-object.ts';
import { quietVerdict, type Controls } from './quiet-verdict.ts';
import { reproductionOf } from './reproduction.ts';
import { objectSwaps, type SwapVariant } from './swap-variants.ts';

interface Attack {
  readonly attacker: Actor;
  readonly variant: SwapVariant;
  readonly controls: Controls;
}

interface Sent {
  readonly answer: Delivery;
  readonly call: Call;
}

/** Deletes the control twin of a foreign object; the victim twin then shows whether the service is still healthy. */
export async function attackDeletes(front: Front, stage: Stage): Promise<readonly CrossTenantTrial[]> {
  const { workshop, courier } = front;
  const { victim, control, own, resource } = stage;
  const operation = resource.remove;
  if (!operation) return [];
  const owner = await canDelete(workshop, courier, operation, victim.owner, victim);
  const aim = control ?? victim;
  const attacks: (Attack & Sent)[] = [];
  const first = await viewAsOwner(workshop, courier, aim, 'the owner reads it before the attacks');
  const before = await viewAsOwner(workshop, courier, aim, 'the owner reads it once more before the attacks');
  for (const [rank, attacker] of front.attackers.entries()) {
    const self = own ? await canDelete(workshop, courier, operation, attacker.id, own) : null;
    const selfTenant =
      own && self?.state !== 'able' ? await canDelete(workshop, courier, operation, own.owner, own) : null;
    const variants = objectSwaps(workshop, operation, victim, own, front.attackerTenant);
    for (const variant of rank > 0 ? variants.slice(0, 1) : variants) {
      const attack = { attacker, variant, controls: { owner, self, selfTenant } };
      const sent = await send(front, stage, attack, aim, 'attack');
      if (sent) attacks.push({ ...attack, ...sent });
    }
  }
  if (attacks.length === 0) return [];
  const after = await viewAsOwner(workshop, courier, aim, 'the owner looks for it after the attacks');
  const health =
    after.gone && aim !== victim
      ? await viewAsOwner(workshop, courier, victim, 'is the twin still there')
      : after;
  const views = [...before.exchanges, ...after.exchanges, ...health.exchanges];
  const trials: CrossTenantTrial[] = [];
  for (const attack of attacks) {
    const head = headOf(stage, attack, operation.id);
    const exchanges = [
      ...attack.controls.owner.exchanges,
      ...(attack.controls.self?.exchanges ?? []),
      ...exchangesOf(attack.answer),
      ...views,
    ];
    if (before.present && (after.gone || changedLeaves(first, before, after).length > 0)) {
      trials.push(await isolated(front, stage, attack, operation.id));
      continue;
    }
    const quiet =
      before.present && after.present
        ? await quietVerdict(workshop, attack.attacker, attack.answer, attack.controls)
        : ({
            verdict: 'inconclusive',
            because: 'the owner could not read its object before and after',
          } as const);
    trials.push({
      ...head,
      ...quiet,
      confirmations: quiet.verdict === 'safe' ? 1 : 0,
      seenIn: null,
      exchanges,
      reproduce: null,
    });
  }
  return trials;
}

const headOf = ({ resource, victim }: Stage, { attacker, variant }: Attack, operation: string) =>
  ({
    operation,
    action: 'delete',
    slot: variant.slot,
    relation: `foreign ${attacker.role}`,
    attacker: attacker.id,
    owner: victim.owner,
    objectType: resource.type,
  }) as const;

/** The whole chain on two fresh objects, with the victim twin alive after each. */
async function isolated(
  front: Front,
  stage: Stage,
  attack: Attack & Sent,
  operation: string,
): Promise<CrossTenantTrial> {
  const { workshop, courier } = front;
  const { victim, resource } = stage;
  const exchanges: ExchangeId[] = [];
  let effects = 0;
  let stillThere = false;
  let why = 'no fresh object could be made to confirm it';
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
    const unspoilt = await viewAsOwner(workshop, courier, fresh.object, 'confirm: the owner reads it');
    const before = await viewAsOwner(workshop, courier, fresh.object, 'confirm: the owner reads it again');
    const sent = await send(front, stage, attack, fresh.object, 'confirm');
    if (!sent) break;
    const after = await viewAsOwner(workshop, courier, fresh.object, 'confirm: the owner looks for it');
    const health = await viewAsOwner(workshop, courier, victim, 'confirm: is the twin still there');
    exchanges.push(
      ...fresh.object.exchanges,
      ...exchangesOf(sent.answer),
      ...after.exchanges,
      ...health.exchanges,
    );
    const changed = changedLeaves(unspoilt, before, after).length > 0;
    stillThere = after.present && !changed;
    why = health.present
      ? 'the object disappeared once, but a fresh one did not'
      : 'its twin could not be read either';
    if (!(after.gone || changed) || !health.present) break;
    if (after.gone) workshop.context.ledger.cleaned(fresh.object.ref);
    effects += 1;
    last = { object: fresh.object, sent };
  }
  const head = headOf(stage, attack, operation);
  if (effects < 2 || !last) {
    const quiet =
      effects === 0 && stillThere
        ? await quietVerdict(workshop, attack.attacker, attack.answer, attack.controls)
        : ({ verdict: 'inconclusive', because: why } as const);
    return { ...head, ...quiet, confirmations: effects, seenIn: null, exchanges, reproduce: null };
  }
  return {
    ...head,
    verdict: 'delete',
    because: `${attack.attacker.id} deleted ${resource.type} of ${victim.owner}: the request was ${outcomeOf(last.sent.answer)}, and the owner no longer found it, or found it in another state, while its twin was untouched`,
    confirmations: 2,
    seenIn: null,
    exchanges,
    reproduce: reproductionOf(workshop, {
      proof: 'gone',
      object: last.object,
      attacker: attack.attacker.id,
      attack: {
        call: last.sent.call,
        values: new Map([...attack.variant.values, [resource.referent, last.object.id]]),
      },
      attackMarks: [],
      ownerLooks: ownerLooks(front, last.object, last.sent.call.operation),
      alive: aliveUrl(front, stage),
    }),
  };
}

async function send(
  { workshop, courier }: Front,
  { resource }: Stage,
  { attacker, variant }: Attack,
  object: PlantedObject,
  purpose: string,
): Promise<Sent | null> {
  const { remove } = resource;
  if (!remove) return null;
  const values = new Map([...variant.values, [resource.referent, object.id] as const]);
  const filled = fillCall(remove, workshop.graph.boundSlots(remove), values);
  if (filled.kind === 'unfilled') return null;
  const call: Call = {
    operation: remove,
    url: filled.url,
    headers: filled.headers,
    body: remove.body?.required
      ? encodedAs(remove, workshop.body(remove, 'update', attacker.id, values).value)
      : null,
    effect: changes(object.ref),
    purpose: `${purpose}: ${attacker.id} deletes ${resource.type} of ${object.owner}`,
  };
  return { answer: await courier.send(asActor(attacker.id), call), call };
}
