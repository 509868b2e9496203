import type { Actor, Operation } from '@launch-ready/core';
import { isLoopback } from '../transport/raw-url.ts';
import { aliveUrl } from '../access/alive-url.ts';
import { exchangesOf, outcomeOf, type Call } from './courier.ts';
import type { SlotValues } from '../access/call-shape.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import type { Sighting } from '../leaks/leak-index.ts';
import { ownerLooks } from './owner-looks.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { isPublicByDesign } from '../access/public-by-design.ts';
import { sendRead, type ReadAttempt } from '../coverage/read-as.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';

/** A way to ask for an object: the call for any object of the kind, named by its slot. */
export interface ReadAttack {
  readonly operation: Operation;
  readonly slot: string;
  readonly attacker: Actor;
  readonly callFor: (object: PlantedObject, purpose: string) => Call | null;
  /** Values for a reproduction. */
  readonly valuesFor: (object: PlantedObject) => SlotValues;
}

/** Sends an attack on one object; null when its call cannot be made. */
export const sendAttack = async (
  front: Front,
  attack: ReadAttack,
  object: PlantedObject,
  purpose: string,
): Promise<ReadAttempt | null> => {
  const why = `${purpose}: ${attack.attacker.id} reads ${object.resource.type} of ${object.owner}`;
  const call = attack.callFor(object, why);
  return call === null ? null : sendRead(front, attack.attacker, call, object);
};

/** What a canary in the answer amounts to: asked for again with a second object, unless it is meant for everybody. */
export async function leakTrial(
  front: Front,
  stage: Stage,
  attack: ReadAttack,
  first: ReadAttempt,
): Promise<CrossTenantTrial> {
  const { workshop, courier } = front;
  const { victim } = stage;
  const { attacker, operation } = attack;
  const [sighting] = first.sightings;
  const head = trialHead(stage, { ...attack, action: 'read' });
  const seenIn = sighting?.where ?? null;
  const publicly = await isPublicByDesign(workshop, courier, first.call, victim);
  if (publicly.isPublic) {
    const because = 'meant for everybody: it is declared public and anonymous sees the same';
    const exchanges = [...exchangesOf(first.answer), ...publicly.exchanges];
    return { ...head, ...quietParts({ verdict: 'safe', because }, exchanges), seenIn };
  }
  const second = await secondObject(front, stage);
  const again = second ? await sendAttack(front, attack, second, 'confirm') : null;
  const exchanges = exchangesOf(first.answer, again?.answer ?? null);
  if (!again || again.sightings.length === 0) {
    const because = second
      ? 'a canary came back once, but not from a second object'
      : 'a canary came back, but no second object could be made to confirm it';
    return {
      ...head,
      ...quietParts({ verdict: 'inconclusive', because }, exchanges),
      confirmations: 1,
      seenIn,
    };
  }
  const elsewhere = await fromElsewhere(front, attack, victim);
  if (elsewhere && elsewhere.sightings.length === 0) {
    const because =
      'answered to requests from its own machine alone: one that says it comes from elsewhere is not shown it';
    const all = [...exchanges, ...exchangesOf(elsewhere.answer)];
    return { ...head, ...quietParts({ verdict: 'inconclusive', because }, all), confirmations: 2, seenIn };
  }
  return {
    ...head,
    verdict: 'leak',
    because: `the answer to ${attacker.id} (${outcomeOf(first.answer)}) held a canary of ${victim.owner}'s ${stage.resource.type} in ${places(first.sightings)}`,
    confirmations: 2,
    seenIn,
    exchanges,
    reproduce: reproductionOf(workshop, {
      proof: 'seen',
      object: victim,
      attacker: attacker.id,
      attack: { call: first.call, values: attack.valuesFor(victim) },
      attackMarks: [],
      ownerLooks: ownerLooks(front, victim, operation),
      alive: aliveUrl(front, stage),
    }),
  };
}

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

/** On loopback, the same request as one that a proxy passes on from elsewhere: some routes serve the own machine alone. */
async function fromElsewhere(
  front: Front,
  attack: ReadAttack,
  object: PlantedObject,
): Promise<ReadAttempt | null> {
  const call = attack.callFor(object, 'confirm: as if it came from elsewhere');
  if (!call || !isLoopback(new URL(call.url).hostname)) return null;
  const names = ['x-forwarded-for', 'x-real-ip'];
  const headers = names.map((name): [string, string] => [name, '203.0.113.77']);
  return sendRead(front, attack.attacker, { ...call, headers: [...call.headers, ...headers] }, object);
}
