import type { Actor, ExchangeId } from '@launch-ready/core';
import { aliveUrl } from '../access/alive-url.ts';
import { exchangesOf, isSuccess, outcomeOf } from './courier.ts';
import {
  attackersOf,
  isInFull,
  isRepresentative,
  type CrossTenantTrial,
  type Front,
  type Stage,
  type TenantControl,
} from './front.ts';
import { ownerSees } from '../roles/list-sides.ts';
import { injectionsFor } from './injections.ts';
import { insertVariants, type InsertVariant } from './insert-variants.ts';
import { lookDirectly, lookForInserted } from './look-for-inserted.ts';
import { ownView } from '../access/own-view.ts';
import { quietVerdict, type QuietVerdict } from './quiet-verdict.ts';
import { readInjected } from './read-injected.ts';
import { removeInserted } from './remove-inserted.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import { referenceShapes, twice } from './reference-shapes.ts';
import { sendInsert, type SentInsert } from './send-insert.ts';
import { ownSide } from './swap-variants.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';

const isIn = (text: string, marks: readonly string[]): boolean => marks.some((mark) => text.includes(mark));

interface Attack {
  readonly attacker: Actor;
  readonly variant: InsertVariant;
  readonly sent: SentInsert;
}

/**
 * Creates objects below foreign parents, or with fields that name what is foreign. The foreign owner then finding them among
 * its own is an insert; the attacker then finding a foreign canary in its own object is a leak.
 */
export async function attackInserts(front: Front, stage: Stage): Promise<readonly CrossTenantTrial[]> {
  const { victim, own, resource } = stage;
  const { workshop } = front;
  const { create } = resource;
  // What is hidden from its tenant lies below the same parents as what is not.
  if (!create || victim.exposure !== 'shared') return [];
  const list =
    resource.lists.find((one) => workshop.graph.boundSlots(one).some((slot) => slot.in === 'path')) ??
    resource.lists[0] ??
    null;
  const attacks: Attack[] = [];
  const trials: CrossTenantTrial[] = [];
  for (const [rank, attacker] of attackersOf(front, stage).entries()) {
    // The weaker role by the plainest way alone; mixtures of parents by the strongest, the third of them from one side.
    const most = rank > 0 ? 1 : isRepresentative(front, stage) ? undefined : 2;
    for (const variant of insertVariants(front, stage, create).slice(0, most)) {
      const sent = await sendInsert(front, stage, create, attacker, variant, 'attack');
      if (sent) attacks.push({ attacker, variant, sent });
    }
    if (!own) continue;
    const view = await ownView(front, own, attacker.id);
    const home = new Map(
      [...ownSide(workshop, create, own, front.attackerTenant)].filter(
        ([referent]) => referent !== resource.referent,
      ),
    );
    // The tenant itself in every direction and by every role; references to objects by one, as the effect is another's.
    const isAll = rank === 0 && isRepresentative(front, stage);
    for (const injection of injectionsFor(front, stage, create, view)) {
      const { field, value, names } = injection;
      if (names === 'object' && !isAll) continue;
      const variant: InsertVariant = {
        slot: `body:/${field}`,
        path: home,
        body: home,
        inject: { [field]: value },
      };
      const sent = await sendInsert(front, stage, create, attacker, variant, 'attack');
      if (!sent) continue;
      attacks.push({ attacker, variant, sent });
      if (names === 'tenant') {
        // A refusal says that somebody looked; whether at both values shows one that is there twice.
        const others = isAll && !isSuccess(sent.answer) ? twice(variant, injection) : [];
        for (const other of others) {
          const again = await sendInsert(front, stage, create, attacker, other, 'attack');
          if (again) attacks.push({ attacker, variant: other, sent: again });
        }
        continue;
      }
      const read = isSuccess(sent.answer)
        ? await readInjected(front, stage, { attacker, variant, sent }, create)
        : [];
      trials.push(...read);
      if (read.length > 0) continue;
      const shapes = referenceShapes(variant, injection);
      for (const shape of isInFull(front, stage) ? shapes : shapes.slice(0, 1)) {
        const shaped = await sendInsert(front, stage, create, attacker, shape, 'attack');
        if (!shaped) continue;
        attacks.push({ attacker, variant: shape, sent: shaped });
        const seen = isSuccess(shaped.answer)
          ? await readInjected(front, stage, { attacker, variant: shape, sent: shaped }, create)
          : [];
        trials.push(...seen);
        if (seen.length > 0) break;
      }
    }
  }
  if (attacks.length === 0) return trials;

  const looked = await lookForInserted(front, stage, list);
  // A list that shows the owner any object of the attacker's tenant says nothing about where this one lies.
  const isOpen =
    own !== null &&
    isIn(
      looked.text,
      own.canaries.map(({ value }) => value),
    );
  for (const { attacker, variant, sent } of attacks) {
    const head = trialHead(stage, { operation: create, action: 'insert', slot: variant.slot, attacker });
    const direct = !isOpen && isIn(looked.text, sent.marks) ? null : await lookDirectly(front, stage, sent);
    const exchanges: ExchangeId[] = [
      ...exchangesOf(sent.answer),
      ...looked.exchanges,
      ...(direct?.exchanges ?? []),
    ];
    if ((isOpen || !isIn(looked.text, sent.marks)) && direct?.seen !== true) {
      const controls = list
        ? { owner: await ownerSees(front, stage, list, victim.values) }
        : { owner: noList(victim.owner) };
      const home: TenantControl | null = own && {
        state: 'able',
        because: 'its tenant created one with the same request',
        exchanges: own.exchanges.slice(0, 1),
        actor: own.owner,
      };
      const seenAnyway =
        isSuccess(sent.answer) && (direct?.readsAny === true || (isOpen && isIn(looked.text, sent.marks)));
      const quiet: QuietVerdict = seenAnyway
        ? {
            verdict: 'inconclusive',
            because:
              'the owner finds it, and any other object of the attacker in the same way: where it lies cannot be told',
          }
        : await quietVerdict(workshop, attacker, sent.answer, { owner: controls.owner, home });
      // A made-up field that is refused says nothing about anybody's rights.
      if (variant.inject && quiet.verdict !== 'safe' && !seenAnyway) continue;
      trials.push({
        ...head,
        ...quietParts(quiet, [...controls.owner.exchanges, ...(home?.exchanges ?? []), ...exchanges]),
      });
      continue;
    }
    const again = await sendInsert(front, stage, create, attacker, variant, 'confirm');
    const after = again ? await lookForInserted(front, stage, list) : null;
    const directly =
      again && after && (isOpen || !isIn(after.text, again.marks))
        ? await lookDirectly(front, stage, again)
        : null;
    const second =
      again && after ? (!isOpen && isIn(after.text, again.marks)) || directly?.seen === true : false;
    exchanges.push(
      ...exchangesOf(again?.answer ?? null),
      ...(after?.exchanges ?? []),
      ...(directly?.exchanges ?? []),
    );
    await removeInserted(front, stage, [sent, ...(again ? [again] : [])], after?.answers ?? looked.answers);
    if (!second || !again) {
      const because = 'the owner found an object of the attacker once, but not again';
      trials.push({
        ...head,
        ...quietParts({ verdict: 'inconclusive', because, seenOnce: true }, exchanges),
        seenIn: 'body',
      });
      continue;
    }
    trials.push({
      ...head,
      verdict: 'insert',
      because: `${attacker.id} put ${resource.type} among those of ${victim.owner}: the request was ${outcomeOf(sent.answer)}, and the owner then found it`,
      confirmations: 2,
      seenIn: 'body',
      exchanges,
      reproduce: list
        ? reproductionOf(workshop, {
            proof: 'changed',
            object: victim,
            attacker: attacker.id,
            attack: { call: again.call, values: new Map([...variant.path, ...variant.body]) },
            attackMarks: again.marks,
            ownerLooks: {
              call: looked.call ?? { operation: list, url: '', headers: [] },
              values: victim.values,
            },
            alive: aliveUrl(front, stage),
          })
        : null,
    });
  }
  return trials;
}

const noList = (actor: string): TenantControl => ({
  state: 'unclear',
  because: 'there is no list in which the owner could find it',
  exchanges: [],
  actor,
});
