import type { Actor, ExchangeId, Operation } from '@launch-ready/core';
import { aliveUrl } from './alive-url.ts';
import { ownerLooks } from './attack-reads.ts';
import { canaryStart } from './canary.ts';
import { fillCall, type SlotValues } from './call-shape.ts';
import type { Capability } from './capability.ts';
import { asActor, exchangesOf, isSuccess, noEffect, outcomeOf, type Call, type Delivery } from './courier.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import type { Sighting } from './leak-index.ts';
import { isPublicByDesign } from './public-by-design.ts';
import { quietVerdict } from './quiet-verdict.ts';
import { reproductionOf } from './reproduction.ts';
import { ownSide } from './swap-variants.ts';

interface ListVariant {
  readonly slot: string;
  readonly values: SlotValues;
  readonly extra: Readonly<Record<string, string>>;
}

interface Listing {
  readonly answer: Delivery;
  readonly call: Call;
  readonly sightings: readonly Sighting[];
}

const searchName = /^(q|query|search|term|keyword|keywords|text|filter|s|contains)$/i;

/**
 * Looks for the objects of one tenant in lists, feeds and searches of another: in its own lists, in lists of the foreign
 * tenant or parent, behind query values that name the foreign one, and by searching for a word of the object.
 */
export async function attackLists(
  front: Front,
  stage: Stage,
  operation: Operation,
): Promise<readonly CrossTenantTrial[]> {
  const { victim, own } = stage;
  const { workshop } = front;
  const ownerList = await ask(
    front,
    victim.owner,
    operation,
    { slot: '-', values: victim.values, extra: {} },
    'control: the owner lists',
  );
  const owner = listCapability(ownerList, victim.ref, 'the owner does not find its object in the list');
  const trials: CrossTenantTrial[] = [];
  let strongestIsSafe = false;
  for (const [rank, attacker] of front.attackers.entries()) {
    const values = ownSide(workshop, operation, own, front.attackerTenant);
    const home = await ask(
      front,
      attacker.id,
      operation,
      { slot: '-', values, extra: {} },
      'attack: foreign objects in its own list',
    );
    const self =
      home && own
        ? listCapability(home, own.ref, 'the attacker does not find an object of its own tenant in the list')
        : null;
    const selfTenant =
      self?.state === 'able' || !own
        ? null
        : listCapability(
            await ask(
              front,
              own.owner,
              operation,
              { slot: '-', values, extra: {} },
              'control: its tenant lists',
            ),
            own.ref,
            'nor does the one who made it',
          );
    const controls = { owner, self, selfTenant };
    const swaps = listSwaps(front, stage, operation, values);
    let allSafe = true;
    for (const variant of [
      { slot: '-', values, extra: {} },
      ...(rank > 0 && strongestIsSafe ? swaps.slice(0, 1) : swaps),
    ]) {
      const listing =
        variant.slot === '-'
          ? home
          : await ask(front, attacker.id, operation, variant, 'attack: a foreign list');
      if (!listing) continue;
      const trial = await judged(front, stage, { attacker, variant, listing, controls });
      if (trial.verdict !== 'safe') allSafe = false;
      trials.push(trial);
    }
    trials.push(...(await searches(front, stage, operation, attacker, values)));
    if (rank === 0) strongestIsSafe = allSafe;
  }
  return trials;
}

async function judged(
  front: Front,
  stage: Stage,
  attack: {
    readonly attacker: Actor;
    readonly variant: ListVariant;
    readonly listing: Listing;
    readonly controls: {
      readonly owner: Capability;
      readonly self: Capability | null;
      readonly selfTenant: Capability | null;
    };
  },
): Promise<CrossTenantTrial> {
  const { workshop, courier } = front;
  const { victim, resource } = stage;
  const { attacker, variant, listing, controls } = attack;
  const { operation } = listing.call;
  const trial = {
    operation: operation.id,
    action: 'list',
    slot: variant.slot,
    relation: `foreign ${attacker.role}`,
    attacker: attacker.id,
    owner: victim.owner,
    objectType: resource.type,
  } as const;
  const before = [...controls.owner.exchanges, ...(controls.self?.exchanges ?? [])];
  const [sighting] = listing.sightings.filter(({ ref }) => ref === victim.ref);
  const exchanges = [...new Set<ExchangeId>([...before, ...exchangesOf(listing.answer)])];
  if (!sighting) {
    const quiet = await quietVerdict(workshop, attacker, listing.answer, controls);
    return {
      ...trial,
      ...quiet,
      confirmations: quiet.verdict === 'safe' ? 1 : 0,
      seenIn: null,
      exchanges,
      reproduce: null,
    };
  }
  const publicly = await isPublicByDesign(workshop, courier, listing.call, victim);
  if (publicly.isPublic) {
    const because = 'meant for everybody: it is declared public and anonymous sees the same';
    return {
      ...trial,
      verdict: 'safe',
      because,
      confirmations: 1,
      seenIn: sighting.where,
      exchanges: [...exchanges, ...publicly.exchanges],
      reproduce: null,
    };
  }
  const again = await ask(front, attacker.id, operation, variant, 'confirm');
  const confirmed = again?.sightings.some(({ ref }) => ref === victim.ref) === true;
  const all = [...exchanges, ...exchangesOf(again?.answer ?? null)];
  if (!confirmed)
    return {
      ...trial,
      verdict: 'inconclusive',
      because: 'a canary came back once, but not again',
      confirmations: 1,
      seenIn: sighting.where,
      exchanges: all,
      reproduce: null,
    };
  return {
    ...trial,
    verdict: 'leak',
    because: `a list answered to ${attacker.id} (${outcomeOf(listing.answer)}) held a canary of ${victim.owner}'s ${resource.type}`,
    confirmations: 2,
    seenIn: sighting.where,
    exchanges: all,
    reproduce: reproductionOf(workshop, {
      proof: 'seen',
      object: victim,
      attacker: attacker.id,
      attack: { call: listing.call, values: variant.values },
      attackMarks: [],
      ownerLooks: ownerLooks(front, victim, operation),
      alive: aliveUrl(front, stage),
    }),
  };
}

/** Ways to name the foreign tenant or parent in a list. */
function listSwaps(
  { workshop }: Front,
  { victim }: Stage,
  operation: Operation,
  own: SlotValues,
): readonly ListVariant[] {
  const bound = workshop.graph.boundSlots(operation);
  const inPath = bound.filter(
    (slot) => slot.in === 'path' && own.get(slot.referent) !== victim.values.get(slot.referent),
  );
  const whole = bound.some(
    (slot) => slot.required && own.get(slot.referent) !== victim.values.get(slot.referent),
  );
  const swaps: ListVariant[] = [];
  if (whole) {
    const names = bound.filter((slot) => slot.required).map((slot) => slot.name);
    swaps.push({ slot: `path:${names.join('+')}`, values: victim.values, extra: {} });
  }
  for (const slot of inPath.length > 1 ? inPath.slice(1) : []) {
    const value = victim.values.get(slot.referent);
    if (value !== undefined && slot.referent.startsWith('resource ')) {
      swaps.push({ slot: `path:${slot.name}`, values: new Map([...own, [slot.referent, value]]), extra: {} });
    }
  }
  for (const slot of bound.filter((one) => one.in !== 'path')) {
    const value = victim.values.get(slot.referent);
    if (value === undefined || own.get(slot.referent) === value) continue;
    swaps.push({
      slot: `${slot.in}:${slot.name}`,
      values: own,
      extra: { [`${slot.in}:${slot.name}`]: value },
    });
  }
  return swaps;
}

/** Searches for a part of a foreign canary, or a whole one, and looks for canaries that the attacker never sent. */
async function searches(
  front: Front,
  stage: Stage,
  operation: Operation,
  attacker: Actor,
  values: SlotValues,
): Promise<readonly CrossTenantTrial[]> {
  const { victim, own } = stage;
  const slot = operation.slots.find((one) => one.in === 'query' && searchName.test(one.name));
  if (!slot) return [];
  const by = (word: string): Readonly<Record<string, string>> => ({ [`query:${slot.name}`]: word });
  for (const { index, wordOf } of searchWords(victim.canaries.length)) {
    const wanted = victim.canaries[index]?.value;
    if (wanted === undefined) continue;
    const ownerSearch = await ask(
      front,
      victim.owner,
      operation,
      { slot: '-', values: victim.values, extra: by(wordOf(wanted)) },
      'control: the owner searches',
    );
    const owner = listCapability(
      ownerSearch,
      victim.ref,
      'the owner does not find its object by searching for it',
    );
    // A search that does not look into this field, or not for this word, proves nothing and is no trial.
    if (owner.state !== 'able') continue;
    const mine = own?.canaries[index]?.value;
    const home =
      mine === undefined
        ? null
        : await ask(
            front,
            attacker.id,
            operation,
            { slot: '-', values, extra: by(wordOf(mine)) },
            'control: the attacker searches for its own',
          );
    const self = own
      ? listCapability(home, own.ref, 'the attacker does not find an object of its own tenant by searching')
      : null;
    const variant: ListVariant = { slot: `query:${slot.name}`, values, extra: by(wordOf(wanted)) };
    const listing = await ask(front, attacker.id, operation, variant, 'attack: search for a foreign object');
    if (!listing) return [];
    const controls = { owner, self, selfTenant: null };
    return [await judged(front, stage, { attacker, variant, listing, controls })];
  }
  return [];
}

/**
 * What to search for, by canary. The beginning of one comes first: when the whole comes back it was found, and not repeated
 * from the question. Searches for whole words need a whole one, and then show only with another canary that they found it.
 */
function searchWords(
  canaries: number,
): readonly { readonly index: number; readonly wordOf: (canary: string) => string }[] {
  const first = [...Array(Math.min(canaries, 3)).keys()];
  return [
    ...first.map((index) => ({ index, wordOf: canaryStart })),
    ...(canaries < 2 ? [] : first.slice(0, 1).map((index) => ({ index, wordOf: (whole: string) => whole }))),
  ];
}

async function ask(
  front: Front,
  actor: string,
  operation: Operation,
  variant: ListVariant,
  purpose: string,
): Promise<Listing | null> {
  const { workshop, courier } = front;
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), variant.values, variant.extra);
  if (filled.kind === 'unfilled') return null;
  const call: Call = {
    operation,
    url: filled.url,
    headers: filled.headers,
    body: null,
    effect: noEffect,
    purpose,
  };
  const answer = await courier.send(asActor(actor), call);
  const [exchange] = exchangesOf(answer);
  const all = exchange === undefined ? [] : workshop.context.leaks.inExchange(exchange);
  // What was searched for may be repeated in the answer without anything being found.
  const sent = Object.values(variant.extra);
  return { answer, call, sightings: all.filter(({ canary }) => !sent.includes(canary)) };
}

function listCapability(listing: Listing | null, ref: Sighting['ref'], otherwise: string): Capability {
  if (!listing) return { state: 'unclear', because: 'nothing is known to fill its path with', exchanges: [] };
  const exchanges = exchangesOf(listing.answer);
  const found = isSuccess(listing.answer) && listing.sightings.some((one) => one.ref === ref);
  if (found) return { state: 'able', because: 'it found the object in the list', exchanges };
  const denied = listing.answer.kind === 'answer' && [401, 403, 404].includes(listing.answer.status);
  return {
    state: denied ? 'denied' : 'unclear',
    because: `${otherwise} (${outcomeOf(listing.answer)})`,
    exchanges,
  };
}
