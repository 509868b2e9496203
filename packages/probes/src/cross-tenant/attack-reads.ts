import { accountsOf } from '../access/accounts-of.ts';
import { bypassReads } from './bypass-reads.ts';
import { consumersOf } from '../access/consumers.ts';
import { exchangesOf, type Delivery } from './courier.ts';
import type { SlotValues } from '../access/call-shape.ts';
import {
  attackersOf,
  isInFull,
  isRepresentative,
  type CrossTenantTrial,
  type Front,
  type Stage,
} from './front.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { quietVerdict, type QuietVerdict } from './quiet-verdict.ts';
import { readCall, type ReadAttempt } from '../coverage/read-as.ts';
import { leakTrial, sendAttack, type ReadAttack } from './read-attack.ts';
import { objectSwaps } from './swap-variants.ts';
import { readControls } from './tenant-controls.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';
import { unknownIdLike } from '../access/unknown-id.ts';

/** Asks for a foreign object by every operation that reads one or something below it. */
export async function attackReads(front: Front, stage: Stage): Promise<readonly CrossTenantTrial[]> {
  const { resource, victim, own } = stage;
  const { workshop } = front;
  const trials: CrossTenantTrial[] = [];
  const operations = [
    resource.read,
    ...resource.below.filter(({ method }) => method === 'GET'),
    ...consumersOf(workshop, resource).filter(({ method }) => method === 'GET'),
  ].filter((one) => one !== null);
  for (const operation of operations) {
    const isBelow = operation !== operations[0];
    // The hidden twin is one way to see what lies below it; the other stands for the guard there.
    if (isBelow && victim.exposure === 'private' && !isRepresentative(front, stage)) continue;
    const variants = objectSwaps(workshop, operation, victim, own, front.attackerTenant);
    let denied: {
      readonly attack: ReadAttack;
      readonly first: ReadAttempt;
      readonly quiet: QuietVerdict;
    } | null = null;
    // What lies below an object by the weaker role from one side of each pair, the object itself from both.
    const all = attackersOf(front, stage);
    const attackers = !isBelow || isRepresentative(front, stage) ? all : all.slice(0, 1);
    for (const [rank, attacker] of attackers.entries()) {
      for (const { slot, values } of rank > 0 ? variants.slice(0, 1) : variants) {
        const valuesFor = (object: PlantedObject): SlotValues =>
          new Map([...withForeign(values, victim, object), [object.resource.referent, object.id] as const]);
        const attack: ReadAttack = {
          operation,
          slot,
          attacker,
          callFor: (object, purpose) => readCall(front, operation, valuesFor(object), purpose),
          valuesFor,
        };
        const first = await sendAttack(front, attack, victim, 'attack');
        if (!first) continue;
        if (first.sightings.length > 0) {
          const trial = await leakTrial(front, stage, attack, first);
          trials.push(trial);
          // One way in is enough for one actor.
          if (trial.verdict === 'leak') break;
          continue;
        }
        const named = await namedAccounts(front, stage, attack, first);
        if (named) {
          trials.push(named);
          break;
        }
        const controls = await readControls(
          front,
          stage,
          operation,
          first.answer.kind === 'answer' && first.answer.status >= 400,
        );
        const exchanges = [
          ...controls.owner.exchanges,
          ...(controls.home?.exchanges ?? []),
          ...exchangesOf(first.answer),
        ];
        const quiet = await quietVerdict(workshop, attacker, first.answer, controls);
        if (rank === 0) denied ??= { attack, first, quiet };
        trials.push({ ...trialHead(stage, { ...attack, action: 'read' }), ...quietParts(quiet, exchanges) });
      }
    }
    // One operation stands for all that read the kind, in one direction: a way around a guard rarely depends on them.
    if (!denied || isBelow || victim.exposure !== 'shared') continue;
    const { attack, first, quiet } = denied;
    const more = [
      ...(isRepresentative(front, stage) ? await tellsExistence(front, stage, attack, first.answer) : []),
      ...(await bypassReads(front, stage, attack, first)),
    ];
    trials.push(...more.map((trial) => provenWith(quiet, trial)));
  }
  return trials;
}

/** What follows a plain attack has its controls, and proves as little as it did: silence where the owner sees nothing either. */
const provenWith = (plain: QuietVerdict, trial: CrossTenantTrial): CrossTenantTrial =>
  plain.verdict === 'safe' || (trial.verdict !== 'safe' && trial.verdict !== 'existence')
    ? trial
    : { ...trial, verdict: 'inconclusive', because: plain.because, confirmations: 0 };

/** Values of one foreign object replaced by those of another of the same kind, where its parents differ. */
function withForeign(values: SlotValues, victim: PlantedObject, object: PlantedObject): SlotValues {
  if (object === victim) return values;
  return new Map(
    [...values].map(([referent, value]) => [
      referent,
      victim.values.get(referent) === value ? (object.values.get(referent) ?? value) : value,
    ]),
  );
}

/** Whether a foreign id is answered otherwise than one that does not exist, twice in the same way. */
async function tellsExistence(
  front: Front,
  stage: Stage,
  attack: ReadAttack,
  answer: Delivery,
): Promise<readonly CrossTenantTrial[]> {
  const { victim } = stage;
  // What is plainly absent looks as if there were nothing; one kind shows that it does.
  const isAbsent = answer.kind === 'answer' && answer.status === 404 && !isInFull(front, stage);
  if (answer.kind !== 'answer' || answer.status >= 429 || isAbsent) return [];
  const nothing: PlantedObject = {
    ...victim,
    id: unknownIdLike(victim.id, front.workshop.context.random),
  };
  const none = await sendAttack(front, attack, nothing, 'control with an id that does not exist');
  if (none?.answer.kind !== 'answer' || none.answer.status === answer.status || none.answer.status >= 429)
    return [];
  const again = await sendAttack(front, attack, victim, 'confirm');
  if (again?.answer.kind !== 'answer' || again.answer.status !== answer.status) return [];
  const because = `a foreign id is answered ${answer.status} and one that does not exist ${none.answer.status}: whether an object exists can be told, nothing of it is shown`;
  return [
    {
      ...trialHead(stage, { ...attack, action: 'read' }),
      ...quietParts({ verdict: 'existence', because }, exchangesOf(answer, none.answer, again.answer)),
      confirmations: 2,
    },
  ];
}

/** Account names of the other tenant in what lies below an object of it, such as who takes part; asked for twice. */
async function namedAccounts(
  front: Front,
  stage: Stage,
  attack: ReadAttack,
  first: ReadAttempt,
): Promise<CrossTenantTrial | null> {
  const text = ({ answer }: ReadAttempt): string =>
    answer.kind === 'answer' ? answer.text.toLowerCase() : '';
  const named = accountsOf(front, front.victimTenant).filter((account) => text(first).includes(account));
  if (named.length === 0) return null;
  const again = await sendAttack(front, attack, stage.victim, 'confirm');
  const confirmed = again !== null && named.some((account) => text(again).includes(account));
  const exchanges = exchangesOf(first.answer, again?.answer ?? null);
  return {
    ...trialHead(stage, { ...attack, action: 'read' }),
    verdict: confirmed ? 'leak' : 'inconclusive',
    because: confirmed
      ? `the answer to ${attack.attacker.id} named accounts of ${front.victimTenant}`
      : 'accounts of the other tenant were named once, but not again',
    confirmations: confirmed ? 2 : 1,
    ...(confirmed ? {} : { seenOnce: true }),
    seenIn: 'body',
    exchanges,
    reproduce: null,
  };
}
