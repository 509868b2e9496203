import { aliveUrl } from '../access/alive-url.ts';
import { exchangesOf, outcomeOf } from './courier.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import { ownerLooks } from './owner-looks.ts';
import { ownSide } from './swap-variants.ts';
import { viewAsOwner } from './owner-view.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { readCall, sendRead, type ReadAttempt } from '../coverage/read-as.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import { trialHead } from '../access/trial-head.ts';

/**
 * Reads an object right after its owner did, for caches that keep the answer without asking for whom. Counts only when the
 * same request shows nothing while no fresh answer to the owner can be kept: else the read itself is open.
 */
export async function attackCache(
  front: Front,
  stage: Stage,
  object: PlantedObject,
): Promise<readonly CrossTenantTrial[]> {
  const { workshop, courier } = front;
  const { read } = stage.resource;
  const [attacker] = front.attackers;
  if (!read || !attacker || object.exposure !== 'shared') return [];
  const again = async (of: PlantedObject): Promise<ReadAttempt | null> => {
    const own = ownSide(workshop, read, stage.own, front.attackerTenant);
    const values = new Map([...of.values, ...own, [of.resource.referent, of.id] as const]);
    const call = readCall(front, read, values, `attack: ${attacker.id} reads what its owner just read`);
    return call && sendRead(front, attacker, call, of);
  };
  const first = await again(object);
  if (!first || first.sightings.length === 0) return [];
  const { victim } = stage;
  const cold = victim === object ? null : await again(victim);
  if (cold && cold.sightings.length > 0) return [];
  await viewAsOwner(workshop, courier, victim, 'confirm: the owner reads it');
  const warm = await again(victim);
  const isSure = cold !== null && warm !== null && warm.sightings.length > 0;
  return [
    {
      ...trialHead(stage, { operation: read, action: 'read', slot: 'right after its owner', attacker }),
      verdict: isSure ? 'leak' : 'inconclusive',
      because: isSure
        ? `${attacker.id} was ${outcomeOf(first.answer)} with a canary of ${object.owner}'s ${stage.resource.type} right after the owner had read it, and not otherwise: an answer is kept without asking for whom`
        : 'a canary came back right after the owner had read the object, but not in the same way again',
      confirmations: isSure ? 2 : 1,
      seenIn: first.sightings[0]?.where ?? null,
      exchanges: exchangesOf(first.answer, cold?.answer ?? null, warm?.answer ?? null),
      reproduce: isSure
        ? reproductionOf(workshop, {
            proof: 'seen',
            object: victim,
            attacker: attacker.id,
            attack: { call: warm.call, values: victim.values },
            attackMarks: [],
            ownerLooks: ownerLooks(front, victim, read),
            alive: aliveUrl(front, stage),
          })
        : null,
    },
  ];
}
