import type { Actor, ExchangeId, Operation } from '@launch-ready/core';
import { aliveUrl } from './alive-url.ts';
import { bodyReferences } from './body-references.ts';
import { encodedAs, fillCall, type SlotValues } from './call-shape.ts';
import { canRead, type Capability } from './capability.ts';
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
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import type { LedgerRef } from '../ledger/ledger.ts';
import { objectIdsByMarker, objectIdsIn } from './object-ids.ts';
import { quietVerdict } from './quiet-verdict.ts';
import { reproductionOf } from './reproduction.ts';
import { ownSide } from './swap-variants.ts';
import { enterUnmade } from './enter-unmade.ts';

interface InsertVariant {
  readonly slot: string;
  /** Values of the path. */
  readonly path: SlotValues;
  /** Values that fields of the body refer to. */
  readonly body: SlotValues;
}

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

  const attacks: { readonly attacker: Actor; readonly variant: InsertVariant; readonly sent: Sent }[] = [];
  for (const [rank, attacker] of front.attackers.entries()) {
    for (const variant of rank > 0 ? variants.slice(0, 1) : variants) {
      const sent = await send(front, stage, create, attacker, variant, 'attack');
      if (sent) attacks.push({ attacker, variant, sent });
    }
  }
  if (attacks.length === 0) return [];
  const looked = await look(front, stage, list);
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
    const again = await send(front, stage, create, attacker, variant, 'confirm');
    const after = again ? await look(front, stage, list) : null;
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

function insertVariants(
  { workshop, attackerTenant }: Front,
  { victim, own }: Stage,
  create: Operation,
): readonly InsertVariant[] {
  const parents = new Map([...victim.values].filter(([referent]) => referent !== victim.resource.referent));
  const home = new Map(
    [...ownSide(workshop, create, own, attackerTenant)].filter(
      ([referent]) => referent !== victim.resource.referent,
    ),
  );
  const bound = workshop.graph.boundSlots(create).filter((slot) => slot.required);
  const differ = bound.filter((slot) => home.get(slot.referent) !== parents.get(slot.referent));
  const variants: InsertVariant[] = [];
  const [first] = differ;
  if (first && differ.length > 1) {
    for (const slot of differ.filter((one) => one.referent.startsWith('resource '))) {
      const value = parents.get(slot.referent);
      if (value === undefined || bound.some((one) => one !== slot && !home.has(one.referent))) continue;
      const path = new Map([...home, [slot.referent, value]]);
      variants.push({ slot: `${slot.in}:${slot.name}`, path, body: path });
    }
  }
  if (first)
    variants.push({ slot: `path:${bound.map((slot) => slot.name).join('+')}`, path: parents, body: parents });
  for (const { pointer, referent } of bodyReferences(create, workshop.graph)) {
    const value = parents.get(referent);
    if (value === undefined || value === home.get(referent)) continue;
    variants.push({ slot: `body:${pointer}`, path: home, body: new Map([...home, [referent, value]]) });
  }
  return variants;
}

interface Sent {
  readonly answer: Delivery;
  readonly call: Call;
  readonly marks: readonly string[];
  readonly ref: LedgerRef;
}

async function send(
  { workshop, courier, attackerTenant }: Front,
  { resource, victim }: Stage,
  create: Operation,
  attacker: Actor,
  variant: InsertVariant,
  purpose: string,
): Promise<Sent | null> {
  const filled = fillCall(create, workshop.graph.boundSlots(create), variant.path);
  const made = workshop.body(create, 'create', attacker.id, variant.body);
  const body = create.body ? encodedAs(create, made.value) : null;
  if (filled.kind === 'unfilled' || made.canaries.length === 0 || (create.body && !body)) return null;
  const { ledger } = workshop.context;
  const ref = ledger.intend({
    operation: create.id,
    actor: attacker.id,
    tenant: attackerTenant,
    type: resource.type,
    twin: 'throwaway',
    canaries: made.canaries,
    slots: filled.slots,
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  const call: Call = {
    operation: create,
    url: filled.url,
    headers: filled.headers,
    body,
    effect: { kind: 'create', entry: ref },
    purpose: `${purpose}: ${attacker.id} creates ${resource.type} below what belongs to ${victim.owner}`,
  };
  const answer = await courier.send(asActor(attacker.id), call);
  const id =
    answer.kind === 'answer' && answer.status < 400 ? objectIdsIn(answer, resource.type, null)[0] : undefined;
  if (id !== undefined && ledger.findByObjectId(id) === null) {
    const at = (operation: Operation | null): string | null => {
      if (!operation) return null;
      const url = fillCall(
        operation,
        workshop.graph.boundSlots(operation),
        new Map([...variant.path, [resource.referent, id]]),
      );
      return url.kind === 'filled' ? url.url : null;
    };
    ledger.created(ref, { objectId: id, readUrl: at(resource.read), deleteUrl: at(resource.remove) });
  } else if (id === undefined) enterUnmade(ledger, ref, answer);
  else ledger.notCreated(ref);
  return { answer, call, marks: made.canaries.map(({ value }) => value), ref };
}

async function look(
  { workshop, courier }: Front,
  { victim }: Stage,
  list: Operation | null,
): Promise<{
  readonly text: string;
  readonly exchanges: readonly ExchangeId[];
  readonly answers: readonly Delivery[];
  readonly call: Call | null;
}> {
  if (!list) return { text: '', exchanges: [], answers: [], call: null };
  const filled = fillCall(list, workshop.graph.boundSlots(list), victim.values);
  if (filled.kind === 'unfilled') return { text: '', exchanges: [], answers: [], call: null };
  const call: Call = {
    operation: list,
    url: filled.url,
    headers: filled.headers,
    body: null,
    effect: noEffect,
    purpose: 'does the owner find it among its own',
  };
  const answer = await courier.send(asActor(victim.owner), call);
  return {
    text: answer.kind === 'answer' ? answer.text.toLowerCase() : '',
    exchanges: exchangesOf(answer),
    answers: [answer],
    call,
  };
}

/** The owner asks for the new object by its id, for lists that show only some. */
async function lookDirectly(
  { workshop, courier }: Front,
  { victim, resource }: Stage,
  sent: Sent,
): Promise<{ readonly seen: boolean; readonly exchanges: readonly ExchangeId[] }> {
  const { objectId } = workshop.context.ledger.entry(sent.ref);
  if (!resource.read || objectId === null) return { seen: false, exchanges: [] };
  const filled = fillCall(
    resource.read,
    workshop.graph.boundSlots(resource.read),
    new Map([...victim.values, [resource.referent, objectId]]),
  );
  if (filled.kind === 'unfilled') return { seen: false, exchanges: [] };
  const call: Call = {
    operation: resource.read,
    url: filled.url,
    headers: filled.headers,
    body: null,
    effect: noEffect,
    purpose: 'does the owner find it by its id',
  };
  const answer = await courier.send(asActor(victim.owner), call);
  const text = answer.kind === 'answer' ? answer.text.toLowerCase() : '';
  return {
    seen: isSuccess(answer) && sent.marks.some((mark) => text.includes(mark)),
    exchanges: exchangesOf(answer),
  };
}

/** What was put among the owner's objects is removed by the owner, who can. */
async function removeInserted(
  { workshop, courier }: Front,
  { victim, resource }: Stage,
  all: readonly Sent[],
  answers: readonly Delivery[],
): Promise<void> {
  const { ledger } = workshop.context;
  const { remove } = resource;
  for (const sent of all) {
    const [mark] = sent.marks;
    const listed = answers.flatMap((answer) =>
      answer.kind === 'answer' && mark !== undefined
        ? objectIdsByMarker(answer.json(), mark, resource.type, null)
        : [],
    );
    const id = ledger.entry(sent.ref).objectId ?? listed[0];
    if (id === undefined || !remove) {
      ledger.leftover(sent.ref, `it lies among the objects of ${victim.owner} and could not be removed`);
      continue;
    }
    const values = new Map([...victim.values, [resource.referent, id] as const]);
    const filled = fillCall(remove, workshop.graph.boundSlots(remove), values);
    if (filled.kind === 'unfilled') continue;
    ledger.created(sent.ref, { objectId: id, slots: filled.slots, deleteUrl: filled.url });
    const answer = await courier.send(asActor(victim.owner), {
      operation: remove,
      url: filled.url,
      headers: filled.headers,
      body: null,
      effect: changes(sent.ref),
      purpose: 'remove what the attack put there',
    });
    const found = await lookDirectly(
      { workshop, courier, victimTenant: victim.tenant, attackerTenant: '', attackers: [], pending: [] },
      { resource, victim, control: null, own: null },
      sent,
    );
    if (isSuccess(answer) && !found.seen) ledger.cleaned(sent.ref);
  }
}
