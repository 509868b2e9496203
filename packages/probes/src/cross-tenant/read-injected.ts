import type { Actor, ExchangeId, Operation } from '@launch-ready/core';
import { aliveUrl } from '../access/alive-url.ts';
import { asActor, exchangesOf, outcomeOf, type Call } from './courier.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import type { InsertVariant } from './insert-variants.ts';
import { jsonScalars } from '../plant/json-scalars.ts';
import type { Sighting } from '../leaks/leak-index.ts';
import { ownerLooks } from './owner-looks.ts';
import { readCall } from '../coverage/read-as.ts';
import { withEverything } from '../plant/with-everything.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import { sendInsert, type SentInsert } from './send-insert.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';

interface Injected {
  readonly attacker: Actor;
  readonly variant: InsertVariant;
  readonly sent: SentInsert;
}

/** Reads the attacker's own new object, which points at a foreign one, and looks for foreign canaries in it. */
export async function readInjected(
  front: Front,
  stage: Stage,
  injected: Injected,
  create: Operation,
): Promise<readonly CrossTenantTrial[]> {
  const { attacker, variant } = injected;
  const head = trialHead(stage, { operation: create, action: 'read', slot: variant.slot, attacker });
  const first = await lookAt(front, stage, injected);
  const [sighting] = first.sightings;
  if (!sighting) return [];
  const sent = await sendInsert(front, stage, create, attacker, variant, 'confirm');
  const second = sent ? await lookAt(front, stage, { attacker, variant, sent }) : null;
  const exchanges = [...first.exchanges, ...(second?.exchanges ?? [])];
  if (!second?.sightings.length) {
    const because = 'a foreign canary came back once in the own object, but not in a second one';
    return [
      {
        ...head,
        ...quietParts({ verdict: 'inconclusive', because }, exchanges),
        confirmations: 1,
        seenIn: sighting.where,
      },
    ];
  }
  const { context } = front.workshop;
  const entry = context.ledger.entry(sighting.ref);
  for (const { ref } of [...first.sightings, ...second.sightings]) front.exposed.add(ref);
  const object = front.workshop.objects.find(({ ref }) => ref === sighting.ref);
  const { answer, call, id } = injected.sent;
  const json = answer.kind === 'answer' ? answer.json() : null;
  const idPointer = jsonScalars(json).find(({ value }) => String(value) === id)?.pointer ?? null;
  return [
    {
      ...head,
      owner: entry.actor,
      verdict: 'leak',
      because: `${attacker.id} made an object of its own that points at ${entry.type} of ${entry.actor} (${outcomeOf(injected.sent.answer)}), and a canary of that then came back with its own object`,
      confirmations: 2,
      seenIn: sighting.where,
      exchanges,
      reproduce: object
        ? reproductionOf(front.workshop, {
            proof: 'seen',
            object,
            attacker: attacker.id,
            attack: { call, values: variant.path },
            attackMarks: injected.sent.marks,
            ...(first.read && id !== null ? { afterwards: { call: first.read, id, idPointer } } : {}),
            ownerLooks: ownerLooks(front, object, create),
            alive: aliveUrl(front, stage),
          })
        : null,
    },
  ];
}

/** Foreign canaries in the answer that made the object, and in what its maker then reads of it. */
async function lookAt(
  { workshop, courier, victimTenant }: Front,
  { resource, own }: Stage,
  { attacker, variant, sent }: Injected,
): Promise<{
  readonly sightings: readonly Sighting[];
  readonly exchanges: readonly ExchangeId[];
  readonly read: Call | null;
}> {
  const { leaks, ledger } = workshop.context;
  const exchanges: ExchangeId[] = [...exchangesOf(sent.answer)];
  const operation = resource.read ?? resource.lists[0];
  let read: Call | null = null;
  if (operation) {
    const values = new Map([
      ...(own?.values ?? []),
      ...variant.path,
      ...(sent.id === null ? [] : [[resource.referent, sent.id] as const]),
    ]);
    read = readCall({ workshop }, operation, values, `attack: ${attacker.id} reads its own new object`);
    if (read) read = withEverything(read, Object.keys(variant.inject ?? {}));
    if (read) exchanges.push(...exchangesOf(await courier.send(asActor(attacker.id), read)));
  }
  const foreignIn = (some: readonly ExchangeId[]): readonly Sighting[] =>
    some
      .flatMap((exchange) => leaks.inExchange(exchange))
      .filter(({ ref }) => ledger.entry(ref).tenant === victimTenant);
  const sightings = foreignIn(exchanges);
  // A list that shows several foreign objects shows them to anybody who asks, whatever the own one points at.
  const isOpenList = operation !== resource.read && new Set(sightings.map(({ ref }) => ref)).size > 1;
  return { sightings: isOpenList ? foreignIn(exchangesOf(sent.answer)) : sightings, exchanges, read };
}
