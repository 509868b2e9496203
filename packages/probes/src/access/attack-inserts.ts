import type { Actor, ExchangeId } from '@launch-ready/core';
import { aliveUrl } from './alive-url.ts';
import { canRead, type Capability } from './capability.ts';
import { exchangesOf, outcomeOf } from './courier.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import { insertVariants, type InsertVariant } from './insert-variants.ts';
import { lookDirectly, lookForInserted } from './look-for-inserted.ts';
import { quietVerdict } from './quiet-verdict.ts';
import { removeInserted } from './remove-inserted.ts';
import { reproductionOf } from './reproduction.ts';
import { sendInsert, type SentInsert } from './send-insert.ts';

const isIn = (text: string, marks: readonly string[]): boolean => marks.some((mark) => text.includes(mark));

/** Creates objects below foreign parents, and looks whether the foreign owner then finds them among its own. */
export async function attackInserts(front: Front, stage: Stage): Promise<readonly CrossTenantTrial[]> {
  const { victim, own, resource } = stage;
  const { workshop, courier } = front;
  const { create } = resource;
  if (!create) return [];
  const variants = insertVariants(front, stage, create);
  if (variants.length === 0) return [];
  const list =
    resource.lists.find((one) => workshop.graph.boundSlots(one).some((slot) => slot.in === 'path')) ??
    resource.lists[0] ??
    null;
  const owner: Capability = list
    ? await canRead(workshop, courier, list, victim.owner, victim)
    : { state: 'unclear', because: 'there is no list in which the owner could find it', exchanges: [] };
  const self: Capability | null = own
    ? { state: 'able', because: 'its tenant created one with the same request', exchanges: own.exchanges }
    : null;

  const attacks: { readonly attacker: Actor; readonly variant: InsertVariant; readonly sent: SentInsert }[] =
    [];
  for (const [rank, attacker] of front.attackers.entries()) {
    for (const variant of rank > 0 ? variants.slice(0, 1) : variants) {
      const sent = await sendInsert(front, stage, create, attacker, variant, 'attack');
      if (sent) attacks.push({ attacker, variant, sent });
    }
  }
  if (attacks.length === 0) return [];
  const looked = await lookForInserted(front, stage, list);
  const trials: CrossTenantTrial[] = [];
  for (const { attacker, variant, sent } of attacks) {
    const head = {
      operation: create.id,
      action: 'insert',
      slot: variant.slot,
      relation: `foreign ${attacker.role}`,
      attacker: attacker.id,
      owner: victim.owner,
      objectType: resource.type,
    } as const;
    const exchanges: ExchangeId[] = [
      ...owner.exchanges,
      ...(self?.exchanges ?? []),
      ...exchangesOf(sent.answer),
      ...looked.exchanges,
    ];
    const direct = isIn(looked.text, sent.marks) ? null : await lookDirectly(front, stage, sent);
    exchanges.push(...(direct?.exchanges ?? []));
    if (!isIn(looked.text, sent.marks) && direct?.seen !== true) {
      const quiet = await quietVerdict(workshop, attacker, sent.answer, { owner, self, selfTenant: null });
      trials.push({
        ...head,
        ...quiet,
        confirmations: quiet.verdict === 'safe' ? 1 : 0,
        seenIn: null,
        exchanges,
        reproduce: null,
      });
      continue;
    }
    const again = await sendInsert(front, stage, create, attacker, variant, 'confirm');
    const after = again ? await lookForInserted(front, stage, list) : null;
    const second =
      again && after
        ? isIn(after.text, again.marks) || (await lookDirectly(front, stage, again)).seen
        : false;
    exchanges.push(...exchangesOf(again?.answer ?? null), ...(after?.exchanges ?? []));
    await removeInserted(front, stage, [sent, ...(again ? [again] : [])], after?.answers ?? looked.answers);
    if (!second || !again) {
      trials.push({
        ...head,
        verdict: 'inconclusive',
        because: 'the owner found an object of the attacker once, but not again',
        confirmations: 1,
        seenIn: 'body',
        exchanges,
        reproduce: null,
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
