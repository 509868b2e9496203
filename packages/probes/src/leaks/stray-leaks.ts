import type { LedgerRef } from '../ledger/ledger.ts';
import { aliveUrlIn } from '../access/alive-url.ts';
import type { ExchangeId, Operation } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { exchangesOf, type Call, type Courier, type Sender } from '../cross-tenant/courier.ts';
import type { CrossTenantTrial } from '../cross-tenant/front.ts';
import { ownerLooks } from '../cross-tenant/owner-looks.ts';
import { isPublicByDesign } from '../access/public-by-design.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';

/**
 * Foreign canaries that turned up where nobody was looking for them: in error texts, in answers to attacks on other
 * objects, in lists of another kind. Each is asked for once more before it counts.
 */
export async function strayLeaks(
  workshop: Workshop,
  courier: Courier,
  known: readonly CrossTenantTrial[],
  exposed: ReadonlySet<LedgerRef> = new Set(),
): Promise<readonly CrossTenantTrial[]> {
  const { leaks, ledger, target } = workshop.context;
  const roleOf = (actor: string): string => target.actors.find(({ id }) => id === actor)?.role ?? 'actor';
  const tenantOf = (actor: string): string => target.actors.find(({ id }) => id === actor)?.tenant ?? '';
  const trials: CrossTenantTrial[] = [];
  const done = new Set(
    known
      .filter(({ verdict }) => verdict !== 'safe' && verdict !== 'inconclusive' && verdict !== 'existence')
      .map((one) => `${one.operation} ${one.attacker} ${one.objectType}`),
  );
  for (const sighting of leaks.foreign) {
    const sent = courier.callOf(sighting.exchange);
    if (!sent || sent.sender.kind !== 'actor' || sighting.actor === 'anonymous') continue;
    // What is shown through a reference turns up wherever the object that refers to it does.
    if (exposed.has(sighting.ref)) continue;
    const entry = ledger.entry(sighting.ref);
    const { operation } = sent.call;
    const key = `${operation.id} ${sighting.actor} ${entry.type}`;
    const judged = known.some((one) => one.seenIn !== null && one.exchanges.includes(sighting.exchange));
    // The very operation was found to let strangers in already.
    const found = known.some(
      (one) =>
        one.operation === operation.id &&
        one.objectType === entry.type &&
        ['leak', 'write', 'delete', 'insert'].includes(one.verdict),
    );
    if (done.has(key) || judged || found) continue;
    done.add(key);
    const object = [...workshop.objects, ...workshop.harvested].find(({ ref }) => ref === sighting.ref);
    const trial = {
      operation: operation.id,
      action: operation.method === 'GET' ? 'list' : 'read',
      slot: '-',
      relation: `foreign ${roleOf(sighting.actor)}`,
      attacker: sighting.actor,
      owner: entry.actor,
      objectType: entry.type,
      seenIn: sighting.where,
    } as const;
    if (operation.method !== 'GET' || !object) {
      const others = leaks.foreign.filter(
        (one) =>
          one.actor === sighting.actor &&
          courier.operationOf(one.exchange)?.id === operation.id &&
          one.exchange !== sighting.exchange,
      );
      const exchanges = [...new Set([sighting.exchange, ...others.map(({ exchange }) => exchange)])];
      trials.push({
        ...trial,
        verdict: exchanges.length > 1 ? 'leak' : 'inconclusive',
        because:
          exchanges.length > 1
            ? `answers to ${sighting.actor} held canaries of ${entry.actor}'s ${entry.type}, although it asked for something else`
            : 'a canary came back once, in the answer to a changing request that is not sent again for that',
        confirmations: Math.min(exchanges.length, 2),
        exchanges: exchanges.slice(0, 6),
        reproduce: null,
      });
      continue;
    }
    const publicly = await isPublicByDesign(workshop, courier, sent.call, object);
    if (publicly.isPublic) continue;
    const mine = ownInstead(workshop, operation, tenantOf(sighting.actor));
    const again = await askAgain(workshop, courier, sent, object, mine);
    const confirmed = again.shows;
    trials.push({
      ...trial,
      verdict: confirmed ? 'leak' : 'inconclusive',
      because: confirmed
        ? `an answer to ${sighting.actor} held a canary of ${entry.actor}'s ${entry.type}, although it asked for something else`
        : 'a canary came back once, but not again',
      confirmations: confirmed ? 2 : 1,
      ...(confirmed ? {} : { seenOnce: true }),
      exchanges: [sighting.exchange, ...again.exchanges],
      reproduce:
        confirmed && object.origin === 'planted'
          ? reproductionOf(workshop, {
              proof: 'seen',
              object,
              attacker: sighting.actor,
              attack: { call: sent.call, values: object.values },
              attackMarks: [],
              ownerLooks: ownerLooks({ workshop }, object, operation),
              alive: aliveUrlIn(workshop, tenantOf(sighting.actor), object.resource.lists),
            })
          : null,
    });
  }
  return trials;
}

/**
 * Asks once more; and once after the owner made another object, since answers with the newest things show the first no more when
 * others came after it.
 */
async function askAgain(
  workshop: Workshop,
  courier: Courier,
  { sender, call }: { readonly sender: Sender; readonly call: Call },
  object: PlantedObject,
  instead: Pick<Call, 'url' | 'headers'> | null,
): Promise<{ readonly shows: boolean; readonly exchanges: readonly ExchangeId[] }> {
  const exchanges: ExchangeId[] = [];
  const shows = async (ref: LedgerRef, place: Partial<Call> = {}): Promise<boolean> => {
    const [exchange] = exchangesOf(
      await courier.send(sender, { ...call, ...place, purpose: 'confirm: the same request again' }),
    );
    if (exchange === undefined) return false;
    exchanges.push(exchange);
    return workshop.context.leaks.inExchange(exchange).some((one) => one.ref === ref);
  };
  if (await shows(object.ref)) return { shows: true, exchanges };
  if (object.origin !== 'planted' || object.exposure !== 'shared') return { shows: false, exchanges };
  const fresh = await plantObject(workshop, courier, {
    resource: object.resource,
    actor: object.owner,
    tenant: object.tenant,
    twin: 'throwaway',
    purpose: 'confirm: an object made now',
  });
  if (fresh.kind !== 'planted') return { shows: false, exchanges };
  const { ref } = fresh.object;
  return { shows: (await shows(ref)) || (instead !== null && (await shows(ref, instead))), exchanges };
}

/** The same operation on an object of this tenant that lives: the one that was asked for first may have been deleted since. */
function ownInstead(
  { graph, objects }: Workshop,
  operation: Operation,
  tenant: string,
): Pick<Call, 'url' | 'headers'> | null {
  const slots = graph.boundSlots(operation).filter((slot) => slot.in === 'path');
  for (const { values, ...one } of objects) {
    if (one.tenant !== tenant || one.twin !== 'victim' || slots.length === 0) continue;
    const filled = fillCall(operation, graph.boundSlots(operation), values);
    if (filled.kind === 'filled') return { url: filled.url, headers: filled.headers };
  }
  return null;
}
