import type { Actor, ExchangeId, Operation } from '@launch-ready/core';
import { aliveUrl } from './alive-url.ts';
import { askList, listCall, searchName, shows, type Listing, type ListVariant } from './ask-list.ts';
import { ownerLooks } from './owner-looks.ts';
import { canaryStart } from './canary.ts';
import type { SlotValues } from './call-shape.ts';
import type { Capability } from './capability.ts';
import { exchangesOf, isSuccess, outcomeOf } from './courier.ts';
import { flatSchema } from './flat-schema.ts';
import {
  attackersOf,
  isFirstKind,
  stagesOf,
  type CrossTenantTrial,
  type Front,
  type Stage,
  type TenantControl,
} from './front.ts';
import { isJsonObject } from './json-scalars.ts';
import { guessedSelectors, listVariants } from './list-variants.ts';
import { isPublicByDesign } from './public-by-design.ts';
import { quietVerdict, type Controls } from './quiet-verdict.ts';
import { actorsOf } from './ranked-actors.ts';
import { reproductionOf } from './reproduction.ts';
import { ownSide } from './swap-variants.ts';
import { quietParts, trialHead } from './trial-head.ts';

/** Whether nothing in an answer can depend on who asks: it is meant for everybody, and takes no value. */
const isForAll = ({ declaredAuth, slots }: Operation): boolean =>
  declaredAuth === 'public' && slots.length === 0;

const asksByPost = /(^|[/.:_-])(list|search|query|find|filter|browse)$/i;

/**
 * Looks for the objects of one tenant in lists, feeds and searches of another: in its own lists, in lists of the foreign
 * tenant or parent, behind values that name the foreign one, and by searching for words of the objects. Each question is
 * asked once, and its answer is searched for every object that the owner finds by it.
 */
export async function attackLists(front: Front): Promise<readonly CrossTenantTrial[]> {
  const { workshop } = front;
  const { graph } = workshop;
  const trials: CrossTenantTrial[] = [];
  const stages = stagesOf(front);
  const lists = new Set(graph.resources.flatMap((resource) => resource.lists));
  const others = [
    ...graph.otherReads.filter((operation) => !lists.has(operation) && !isForAll(operation)),
    ...graph.operations.filter(({ method, path }) => method === 'POST' && asksByPost.test(path)),
  ];
  for (const operation of lists) {
    const of = stages.filter(({ resource }) => resource.lists.includes(operation));
    trials.push(...(await attackList(front, of, operation)));
    trials.push(...(await attackSearch(front, of, operation)));
  }
  for (const operation of others) {
    const shown: Stage[] = [];
    const [strongest] = actorsOf(workshop.context, front.victimTenant);
    for (const stage of stages) {
      const values = ownersSide(front, stages, stage, operation);
      const own: ListVariant = { slot: '-', values, extra: {} };
      const listing =
        strongest && (await askList(front, strongest.id, operation, own, 'control: its own list'));
      if (listing && shows(listing, [stage.victim.ref])) shown.push(stage);
    }
    trials.push(...(await attackList(front, shown, operation)));
    trials.push(...(await attackSearch(front, stages, operation)));
  }
  return trials;
}

/** Values of the victim's side for a list that belongs to no kind: those of the stage, then whatever else fills it. */
const ownersSide = (
  { workshop, victimTenant }: Front,
  stages: readonly Stage[],
  { victim }: Stage,
  operation: Operation,
): SlotValues =>
  new Map([
    ...stages.flatMap((stage) => [...stage.victim.values]),
    ...victim.values,
    ...workshop.scopeValues(operation, victimTenant),
  ]);

const homeSide = (front: Front, { own }: Stage, operation: Operation): SlotValues => {
  const others = stagesOf(front).flatMap((stage) => [...(stage.own?.values ?? [])]);
  return new Map([...others, ...ownSide(front.workshop, operation, own, front.attackerTenant)]);
};

async function attackList(
  front: Front,
  stages: readonly Stage[],
  operation: Operation,
): Promise<readonly CrossTenantTrial[]> {
  const trials: CrossTenantTrial[] = [];
  for (const stage of stages) {
    const values = homeSide(front, stage, operation);
    const own: ListVariant = { slot: '-', values, extra: {} };
    const foreign = listVariants(front, stage, operation, values);
    for (const [rank, attacker] of attackersOf(front, stage).entries()) {
      const controls = async (): Promise<Controls> => ({
        owner: await ownerSees(front, stage, operation, ownersSide(front, stages, stage, operation)),
        home: await homeSees(front, stage, operation, own, attacker),
      });
      for (const variant of [own, ...(rank > 0 ? [] : foreign)]) {
        const purpose = variant.slot === '-' ? 'foreign objects in its own list' : 'a foreign list';
        const listing = await askList(front, attacker.id, operation, variant, `attack: ${purpose}`);
        if (listing) trials.push(await judged(front, stage, { attacker, variant, listing, controls }));
      }
      const guess =
        rank === 0 && isFirstKind(front, stage) ? guessedSelectors(front, operation, values) : null;
      const guessed =
        guess && (await askList(front, attacker.id, operation, guess, 'attack: selectors of a tenant'));
      if (
        guess &&
        guessed &&
        shows(guessed, refsOf(stage)) &&
        !trials.some(({ verdict }) => verdict === 'leak')
      )
        trials.push(await judged(front, stage, { attacker, variant: guess, listing: guessed, controls }));
    }
  }
  return trials;
}

const refsOf = ({ victim, control }: Stage): readonly string[] => [
  victim.ref,
  ...(control ? [control.ref] : []),
];

/** Somebody of the victim's tenant finds the object in the list: the strongest, who is asked for the other direction too. */
export function ownerSees(
  front: Front,
  { victim }: Stage,
  operation: Operation,
  values: SlotValues,
  extra: ListVariant['extra'] = {},
): Promise<TenantControl> {
  return tenantSees(front, front.victimTenant, victim.owner, operation, { slot: '-', values, extra }, [
    victim.ref,
  ]);
}

async function homeSees(
  front: Front,
  { own }: Stage,
  operation: Operation,
  variant: ListVariant,
  attacker: Actor,
): Promise<TenantControl | null> {
  if (!own) return null;
  const ask = (actor: string) =>
    tenantSees(front, front.attackerTenant, actor, operation, variant, [own.ref], [actor]);
  const self = await ask(attacker.id);
  return self.state === 'able'
    ? self
    : tenantSees(front, front.attackerTenant, own.owner, operation, variant, [own.ref]);
}

async function tenantSees(
  front: Front,
  tenant: string,
  maker: string,
  operation: Operation,
  variant: ListVariant,
  refs: readonly string[],
  only?: readonly string[],
): Promise<TenantControl> {
  const [strongest] = actorsOf(front.workshop.context, tenant);
  const actors = only ?? [...new Set([strongest?.id ?? maker, maker])];
  let last: Capability | null = null;
  for (const actor of actors) {
    const listing = await askList(front, actor, operation, variant, 'control: its own list');
    const exchanges = listing ? exchangesOf(listing.answer) : [];
    if (listing && shows(listing, refs))
      return { state: 'able', because: 'its object is in the list', exchanges, actor };
    const how = listing ? outcomeOf(listing.answer) : 'the list cannot be asked for';
    last = {
      state: 'unclear',
      because: `${actor} does not find an object of its tenant there (${how})`,
      exchanges,
    };
  }
  return { ...(last ?? { state: 'unclear', because: 'nobody asked', exchanges: [] }), actor: maker };
}

async function judged(
  front: Front,
  stage: Stage,
  attack: {
    readonly attacker: Actor;
    readonly variant: ListVariant;
    readonly listing: Listing;
    readonly controls: () => Promise<Controls>;
    /** The same search for another word, for a script whose markers begin otherwise. */
    readonly searching?: (word: string) => ListVariant;
  },
): Promise<CrossTenantTrial> {
  const { workshop, courier } = front;
  const { victim, resource } = stage;
  const { attacker, variant, listing } = attack;
  const { operation } = listing.call;
  const head = trialHead(stage, { operation, action: 'list', slot: variant.slot, attacker });
  const sighting = listing.sightings.find(({ ref }) => refsOf(stage).includes(ref));
  if (!sighting) {
    const controls = await attack.controls();
    const quiet = await quietVerdict(workshop, attacker, listing.answer, controls);
    const exchanges: readonly ExchangeId[] = [
      ...controls.owner.exchanges,
      ...(controls.home?.exchanges ?? []),
      ...exchangesOf(listing.answer),
    ];
    return { ...head, ...quietParts(quiet, exchanges) };
  }
  const publicly = await isPublicByDesign(workshop, courier, listing.call, victim);
  const seenIn = sighting.where;
  if (publicly.isPublic) {
    const because = 'meant for everybody: it is declared public and anonymous sees the same';
    const exchanges = [...exchangesOf(listing.answer), ...publicly.exchanges];
    return { ...head, ...quietParts({ verdict: 'safe', because }, exchanges), seenIn };
  }
  const again = await askList(front, attacker.id, operation, variant, 'confirm', true);
  const exchanges = exchangesOf(listing.answer, again?.answer ?? null);
  if (again?.sightings.some(({ ref }) => refsOf(stage).includes(ref)) !== true) {
    const because = 'a canary came back once, but not again';
    return {
      ...head,
      ...quietParts({ verdict: 'inconclusive', because }, exchanges),
      confirmations: 1,
      seenIn,
    };
  }
  const found = workshop.objects
    .find(({ ref }) => ref === sighting.ref)
    ?.canaries.find(({ value }) => value === sighting.canary);
  const word = victim.canaries.find(({ pointer }) => pointer === found?.pointer)?.value;
  const shown =
    attack.searching && word !== undefined
      ? listCall(front, operation, attack.searching(canaryStart(word)), 'reproduce')
      : null;
  return {
    ...head,
    verdict: 'leak',
    because: `a list answered to ${attacker.id} (${outcomeOf(listing.answer)}) held a canary of ${victim.owner}'s ${resource.type}`,
    confirmations: 2,
    seenIn,
    exchanges,
    reproduce: reproductionOf(workshop, {
      proof: 'seen',
      object: victim,
      attacker: attacker.id,
      attack: { call: shown ?? listing.call, values: variant.values },
      attackMarks: [],
      ownerLooks: ownerLooks(front, victim, operation),
      alive: aliveUrl(front, stage),
    }),
  };
}

const searchSlot = (operation: Operation): string | null => {
  const inQuery = operation.slots.find((one) => one.in === 'query' && searchName.test(one.name));
  if (inQuery) return `query:${inQuery.name}`;
  if (operation.method !== 'POST') return null;
  const schema = flatSchema(operation.body?.schema ?? {});
  const names = isJsonObject(schema.properties) ? Object.keys(schema.properties) : [];
  const name = names.find((one) => searchName.test(one));
  return name === undefined ? null : `body:${name}`;
};

/**
 * Searches for what all markers of the run begin with, which finds everything at once; then, for objects that their owner
 * does not find so, for a part of a canary, or a whole one. What counts are canaries that the attacker never sent.
 */
async function attackSearch(
  front: Front,
  stages: readonly Stage[],
  operation: Operation,
): Promise<readonly CrossTenantTrial[]> {
  const slot = searchSlot(operation);
  if (slot === null) return [];
  const trials: CrossTenantTrial[] = [];
  const { prefix } = front.workshop.mint;
  const barren = new Set<string>();
  for (const stage of stages) {
    const { victim, own } = stage;
    for (const { index, name, wordOf } of searchWords(victim.canaries.length, prefix)) {
      const wanted = victim.canaries[index]?.value;
      // Other kinds than those that it looks through are not found by any word: three of one sort that fail are enough.
      if (wanted === undefined || barren.has(`${victim.resource.type} ${name}`)) continue;
      const by = (word: string): ListVariant['extra'] => ({ [slot]: word });
      const owner = await ownerSees(
        front,
        stage,
        operation,
        ownersSide(front, stages, stage, operation),
        by(wordOf(wanted)),
      );
      // A search that does not look into this field, or not for this word, proves nothing and is no trial.
      if (owner.state !== 'able') {
        barren.add(`${victim.resource.type} ${name}`);
        continue;
      }
      const values = homeSide(front, stage, operation);
      for (const attacker of attackersOf(front, stage)) {
        const mine = own?.canaries[index]?.value;
        const controls = async (): Promise<Controls> => ({
          owner,
          home:
            mine === undefined
              ? null
              : await homeSees(front, stage, operation, { slot, values, extra: by(wordOf(mine)) }, attacker),
        });
        const variant: ListVariant = {
          slot: slot.replace(/^body:/, 'body:/'),
          values,
          extra: by(wordOf(wanted)),
        };
        const listing = await askList(
          front,
          attacker.id,
          operation,
          variant,
          'attack: search for a foreign object',
        );
        const searching =
          name === 'run'
            ? { searching: (word: string): ListVariant => ({ ...variant, extra: by(word) }) }
            : {};
        if (listing && (isSuccess(listing.answer) || listing.sightings.length === 0))
          trials.push(await judged(front, stage, { attacker, variant, listing, controls, ...searching }));
      }
      break;
    }
  }
  return trials;
}

/**
 * What to search for, by canary. The beginning of one comes first: when the whole comes back it was found, and not repeated
 * from the question. Searches for whole words need a whole one, and then show only with another canary that they found it.
 */
function searchWords(
  canaries: number,
  prefix: string,
): readonly { readonly index: number; readonly name: string; readonly wordOf: (canary: string) => string }[] {
  const first = [...Array(Math.min(canaries, 3)).keys()];
  return [
    { index: 0, name: 'run', wordOf: () => prefix },
    ...first.map((index) => ({ index, name: `part ${index}`, wordOf: canaryStart })),
    ...(canaries < 2
      ? []
      : first.slice(0, 1).map((index) => ({ index, name: 'whole', wordOf: (whole: string) => whole }))),
  ];
}
