import { aliveUrl } from '../access/alive-url.ts';
import { exchangesOf, outcomeOf } from './courier.ts';
import { isRepresentative, type CrossTenantTrial, type Front, type Stage } from './front.ts';
import type { InsertVariant } from './insert-variants.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { ownerLooks } from './owner-looks.ts';
import { viewAsOwner } from './owner-view.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import { sendInsert, type SentInsert } from './send-insert.ts';
import { ownSide } from './swap-variants.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';

const chosenName = /^(slug|handle|key|code|path|alias|permalink|short_?name|user_?name|identifier)$/i;

/**
 * Creates an object of the attacker under the very name that somebody of the other tenant chose for one: names that are looked
 * up without the tenant lead to the foreign object, which is then changed or replaced. Done to a throw-away of its owner.
 */
export async function attackNames(front: Front, stage: Stage): Promise<readonly CrossTenantTrial[]> {
  const { victim, own, resource } = stage;
  const { create } = resource;
  const [attacker] = front.attackers;
  const field = nameIn(victim);
  if (!create || !attacker || !own || field === null || victim.exposure !== 'shared') return [];
  if (!isRepresentative(front, stage)) return [];
  const slot = `body:/${field}`;
  const head = trialHead(stage, { operation: create, action: 'insert', slot, attacker });
  const first = await oneName(front, stage, field);
  if (first === null) return [];
  if (!first.changed) {
    const because = first.stillThere
      ? `${outcomeOf(first.sent.answer)} under the name of a foreign object, which its owner then found as it was`
      : 'the owner could not read its object after the attack';
    const verdict = first.stillThere ? 'safe' : 'inconclusive';
    return [{ ...head, ...quietParts({ verdict, because }, first.exchanges) }];
  }
  const second = await oneName(front, stage, field);
  const exchanges = [...first.exchanges, ...(second?.exchanges ?? [])];
  if (!second?.changed) {
    const because = 'an object of the same name changed a foreign one once, but not again';
    return [{ ...head, ...quietParts({ verdict: 'inconclusive', because, seenOnce: true }, exchanges) }];
  }
  return [
    {
      ...head,
      verdict: 'write',
      because: `${attacker.id} made ${resource.type} under the ${field} of one of ${victim.owner} (${outcomeOf(second.sent.answer)}), and the owner then read in its own what the attacker wrote`,
      confirmations: 2,
      seenIn: 'body',
      exchanges,
      reproduce: reproductionOf(front.workshop, {
        proof: 'changed',
        object: second.object,
        attacker: attacker.id,
        attack: { call: second.sent.call, values: second.object.values },
        attackMarks: second.sent.marks,
        ownerLooks: ownerLooks(front, second.object, create),
        alive: aliveUrl(front, stage),
      }),
    },
  ];
}

/** The field of its creation by which an object was given a name of the creator's choice. */
function nameIn({ made, origin }: PlantedObject): string | null {
  const body = made.body?.kind === 'json' && isJsonObject(made.body.value) ? made.body.value : {};
  const named = Object.entries(body).find(
    ([name, value]) => chosenName.test(name) && typeof value === 'string',
  );
  return origin === 'planted' && named ? named[0] : null;
}

async function oneName(
  front: Front,
  stage: Stage,
  field: string,
): Promise<{
  readonly object: PlantedObject;
  readonly sent: SentInsert;
  readonly changed: boolean;
  readonly stillThere: boolean;
  readonly exchanges: CrossTenantTrial['exchanges'];
} | null> {
  const { workshop, courier } = front;
  const { victim, own, resource } = stage;
  const [attacker] = front.attackers;
  if (!resource.create || !attacker) return null;
  const order = {
    resource,
    actor: victim.owner,
    tenant: victim.tenant,
    twin: 'throwaway',
    purpose: 'confirm',
  } as const;
  const planted = await plantObject(workshop, courier, order);
  if (planted.kind === 'not-planted' || !planted.object.ownerReads) return null;
  const { object } = planted;
  const body =
    object.made.body?.kind === 'json' && isJsonObject(object.made.body.value) ? object.made.body.value : {};
  const home = new Map(
    [...ownSide(workshop, resource.create, own, front.attackerTenant)].filter(
      ([referent]) => referent !== resource.referent,
    ),
  );
  const variant: InsertVariant = { slot: field, path: home, body: home, inject: { [field]: body[field] } };
  const sent = await sendInsert(front, stage, resource.create, attacker, variant, 'attack');
  if (!sent) return null;
  const after = await viewAsOwner(workshop, courier, object, 'does the owner find it as it was');
  // The name itself was given by both.
  const marks = sent.marks.filter((mark) => !String(body[field]).toLowerCase().includes(mark));
  const exchanges = [...object.exchanges, ...exchangesOf(sent.answer), ...after.exchanges];
  return {
    object,
    sent,
    changed: marks.some((mark) => after.text.includes(mark)),
    stillThere: after.present,
    exchanges,
  };
}
