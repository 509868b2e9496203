import type { Actor, Operation } from '@launch-ready/core';
import { fillCall, type SlotValues } from './call-shape.ts';
import { canRead, type Capability } from './capability.ts';
import { asActor, exchangesOf, noEffect, type Call, type Delivery } from './courier.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import { plantObject } from './plant-object.ts';
import type { PlantedObject } from './planted-object.ts';
import { isPublicByDesign } from './public-by-design.ts';
import { quietVerdict } from './quiet-verdict.ts';
import { aliveUrl } from './alive-url.ts';
import { reproductionOf } from './reproduction.ts';
import { unknownIdLike } from './unknown-id.ts';
import { objectSwaps, type SwapVariant } from './swap-variants.ts';
import type { Sighting } from './leak-index.ts';

/** Asks for a foreign object by every operation that reads one or something below it. */
export async function attackReads(front: Front, stage: Stage): Promise<readonly CrossTenantTrial[]> {
  const { resource, victim, own } = stage;
  const { workshop, courier } = front;
  const trials: CrossTenantTrial[] = [];
  const operations = [resource.read, ...resource.below.filter(({ method }) => method === 'GET')].filter(
    (one) => one !== null,
  );
  for (const operation of operations) {
    const owner = await canRead(workshop, courier, operation, victim.owner, victim);
    const variants = objectSwaps(workshop, operation, victim, own, front.attackerTenant);
    let strongestIsSafe = false;
    for (const [rank, attacker] of front.attackers.entries()) {
      const self = own ? await canRead(workshop, courier, operation, attacker.id, own) : null;
      const selfTenant =
        own && self?.state !== 'able' ? await canRead(workshop, courier, operation, own.owner, own) : null;
      let allSafe = true;
      for (const variant of rank > 0 && strongestIsSafe ? variants.slice(0, 1) : variants) {
        const trial = await attackOnce(front, stage, {
          operation,
          attacker,
          variant,
          owner,
          self,
          selfTenant,
          isStrongest: rank === 0,
        });
        if (trial) trials.push(trial);
        if (trial && trial.verdict !== 'safe' && trial.verdict !== 'existence') allSafe = false;
      }
      if (rank === 0) strongestIsSafe = allSafe;
    }
  }
  return trials;
}

interface Attempt {
  readonly operation: Operation;
  readonly attacker: Actor;
  readonly variant: SwapVariant;
  readonly owner: Capability;
  readonly self: Capability | null;
  readonly selfTenant: Capability | null;
  readonly isStrongest: boolean;
}

async function attackOnce(front: Front, stage: Stage, attempt: Attempt): Promise<CrossTenantTrial | null> {
  const { workshop, courier } = front;
  const { victim } = stage;
  const { operation, attacker, variant, owner } = attempt;
  const first = await readAs(front, attacker, operation, variant.values, victim, 'attack');
  if (!first) return null;
  const trial = {
    operation: operation.id,
    action: 'read',
    slot: variant.slot,
    relation: `foreign ${attacker.role}`,
    attacker: attacker.id,
    owner: victim.owner,
    objectType: stage.resource.type,
  } as const;
  const controls = [...owner.exchanges, ...(attempt.self?.exchanges ?? [])];
  const [sighting] = first.sightings;
  if (!sighting) {
    const quiet = await quietVerdict(workshop, attacker, first.answer, attempt);
    const exchanges = [...controls, ...exchangesOf(first.answer)];
    if (quiet.verdict === 'safe' && attempt.isStrongest) {
      const existence = await tellsExistence(front, stage, attempt, first.answer);
      if (existence) return { ...trial, ...existence, exchanges: [...exchanges, ...existence.exchanges] };
    }
    return {
      ...trial,
      ...quiet,
      confirmations: quiet.verdict === 'safe' ? 1 : 0,
      seenIn: null,
      exchanges,
      reproduce: null,
    };
  }

  const publicly = await isPublicByDesign(workshop, courier, first.call, victim);
  if (publicly.isPublic) {
    return {
      ...trial,
      verdict: 'safe',
      because: 'meant for everybody: it is declared public and anonymous sees the same',
      confirmations: 1,
      seenIn: sighting.where,
      exchanges: [...controls, ...exchangesOf(first.answer), ...publicly.exchanges],
      reproduce: null,
    };
  }
  const second = await secondObject(front, stage);
  const again = second
    ? await readAs(
        front,
        attacker,
        operation,
        new Map([...variant.values, [second.resource.referent, second.id]]),
        second,
        'confirm',
      )
    : null;
  const exchanges = [...controls, ...exchangesOf(first.answer, again?.answer ?? null)];
  if (!again || again.sightings.length === 0) {
    const because = second
      ? 'a canary came back once, but not from a second object'
      : 'a canary came back, but no second object could be made to confirm it';
    return {
      ...trial,
      verdict: 'inconclusive',
      because,
      confirmations: 1,
      seenIn: sighting.where,
      exchanges,
      reproduce: null,
    };
  }
  return {
    ...trial,
    verdict: 'leak',
    because: `the answer to ${attacker.id} (${statusOf(first.answer)}) held a canary of ${victim.owner}'s ${stage.resource.type} in ${places(first.sightings)}`,
    confirmations: 2,
    seenIn: sighting.where,
    exchanges,
    reproduce: reproductionOf(workshop, {
      proof: 'seen',
      object: victim,
      attacker: attacker.id,
      attack: { call: first.call, values: variant.values },
      attackMarks: [],
      ownerLooks: ownerLooks(front, victim, operation),
      alive: aliveUrl(front, stage),
    }),
  };
}

const statusOf = (answer: Delivery): string =>
  answer.kind === 'answer' ? String(answer.status) : answer.kind;
const places = (sightings: readonly Sighting[]): string =>
  [...new Set(sightings.map(({ where }) => where))].join(' and ');

async function secondObject(
  front: Front,
  { control, victim, resource }: Stage,
): Promise<PlantedObject | null> {
  if (control) return control;
  const order = {
    resource,
    actor: victim.owner,
    tenant: victim.tenant,
    twin: 'control',
    purpose: 'confirm',
  } as const;
  const result = await plantObject(front.workshop, front.courier, order);
  return result.kind === 'planted' ? result.object : null;
}

/** The request by which the owner of an object sees it. */
export function ownerLooks(
  { workshop }: Front,
  object: PlantedObject,
  fallback: Operation,
): { readonly call: Pick<Call, 'operation' | 'url' | 'headers'>; readonly values: SlotValues } {
  const operation = object.resource.read ?? object.resource.lists[0] ?? fallback;
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), object.values);
  return {
    call: {
      operation,
      url: filled.kind === 'filled' ? filled.url : '',
      headers: filled.kind === 'filled' ? filled.headers : [],
    },
    values: object.values,
  };
}

async function readAs(
  front: Front,
  attacker: Actor,
  operation: Operation,
  values: SlotValues,
  object: PlantedObject,
  purpose: string,
): Promise<{
  readonly answer: Delivery;
  readonly call: Call;
  readonly sightings: readonly Sighting[];
} | null> {
  const { workshop, courier } = front;
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), values);
  if (filled.kind === 'unfilled') return null;
  const call: Call = {
    operation,
    url: filled.url,
    headers: filled.headers,
    body: null,
    effect: noEffect,
    purpose: `${purpose}: ${attacker.id} reads ${object.resource.type} of ${object.owner}`,
  };
  const answer = await courier.send(asActor(attacker.id), call);
  const [exchange] = exchangesOf(answer);
  const all = exchange === undefined ? [] : workshop.context.leaks.inExchange(exchange);
  return { answer, call, sightings: all.filter(({ ref }) => ref === object.ref) };
}

/** Whether a foreign id is answered otherwise than one that does not exist, twice in the same way. */
async function tellsExistence(
  front: Front,
  { victim }: Stage,
  { operation, attacker, variant }: Attempt,
  attack: Delivery,
): Promise<Pick<
  CrossTenantTrial,
  'verdict' | 'because' | 'confirmations' | 'seenIn' | 'exchanges' | 'reproduce'
> | null> {
  if (attack.kind !== 'answer') return null;
  const nothing = new Map([
    ...variant.values,
    [victim.resource.referent, unknownIdLike(victim.id, front.workshop.context.random)] as const,
  ]);
  const none = await readAs(
    front,
    attacker,
    operation,
    nothing,
    victim,
    'control with an id that does not exist',
  );
  if (
    !none ||
    none.answer.kind !== 'answer' ||
    none.answer.status === attack.status ||
    none.answer.status >= 429
  )
    return null;
  const again = await readAs(front, attacker, operation, variant.values, victim, 'confirm');
  if (!again || again.answer.kind !== 'answer' || again.answer.status !== attack.status) return null;
  return {
    verdict: 'existence',
    because: `a foreign id is answered ${attack.status} and one that does not exist ${none.answer.status}: whether an object exists can be told, nothing of it is shown`,
    confirmations: 2,
    seenIn: null,
    exchanges: exchangesOf(none.answer, again.answer),
    reproduce: null,
  };
}
