import type { Actor, Operation } from '@launch-ready/core';
import { exchangesOf, outcomeOf } from './courier.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import type { InsertVariant } from './insert-variants.ts';
import type { Sighting } from './leak-index.ts';
import { readCall } from './read-as.ts';
import { asActor } from './courier.ts';
import { sendInsert, type SentInsert } from './send-insert.ts';
import { quietParts, trialHead } from './trial-head.ts';
import type { ExchangeId } from '@launch-ready/core';

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
  return [
    {
      ...head,
      owner: entry.actor,
      verdict: 'leak',
      because: `${attacker.id} made an object of its own that points at ${entry.type} of ${entry.actor} (${outcomeOf(injected.sent.answer)}), and a canary of that then came back with its own object`,
      confirmations: 2,
      seenIn: sighting.where,
      exchanges,
      reproduce: null,
    },
  ];
}

/** Foreign canaries in the answer that made the object, and in what its maker then reads of it. */
async function lookAt(
  { workshop, courier, victimTenant }: Front,
  { resource, own }: Stage,
  { attacker, variant, sent }: Injected,
): Promise<{ readonly sightings: readonly Sighting[]; readonly exchanges: readonly ExchangeId[] }> {
  const { leaks, ledger } = workshop.context;
  const exchanges: ExchangeId[] = [...exchangesOf(sent.answer)];
  const operation = resource.read ?? resource.lists[0];
  if (operation) {
    const values = new Map([
      ...(own?.values ?? []),
      ...variant.path,
      ...(sent.id === null ? [] : [[resource.referent, sent.id] as const]),
    ]);
    const call = readCall({ workshop }, operation, values, `attack: ${attacker.id} reads its own new object`);
    if (call) exchanges.push(...exchangesOf(await courier.send(asActor(attacker.id), call)));
  }
  const sightings = exchanges
    .flatMap((exchange) => leaks.inExchange(exchange))
    .filter(({ ref }) => ledger.entry(ref).tenant === victimTenant);
  return { sightings, exchanges };
}
