import type { Actor, ExchangeId } from '@launch-ready/core';
import { aliveUrl } from '../access/alive-url.ts';
import { askList, listCall, type Listing, type ListVariant } from './ask-list.ts';
import { ownerLooks } from './owner-looks.ts';
import { canaryStart } from '../plant/canary.ts';
import { plantObject } from '../plant/plant-object.ts';
import { exchangesOf, outcomeOf, type Call } from './courier.ts';
import { type CrossTenantTrial, type Front, type Stage } from './front.ts';
import { isPublicByDesign } from '../access/public-by-design.ts';
import { quietVerdict, type Controls } from './quiet-verdict.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';

/** The objects of a stage that a list may show. */
export const refsOf = ({ victim, control }: Stage): readonly string[] => [
  victim.ref,
  ...(control ? [control.ref] : []),
];

/** What an answer to a foreign actor amounts to: asked for again, unless it is meant for everybody. */
export async function judgeListing(
  front: Front,
  stage: Stage,
  attack: {
    /** A list unless it says otherwise. */
    readonly action?: 'list' | 'read';
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
  const head = trialHead(stage, { operation, action: attack.action ?? 'list', slot: variant.slot, attacker });
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
  const again =
    (await askedAgain(front, attack, refsOf(stage))) ?? (await askedAboutFresh(front, stage, attack));
  const exchanges = exchangesOf(listing.answer, again?.answer ?? null);
  if (again === null) {
    const because = 'a canary came back once, but not again';
    return {
      ...head,
      ...quietParts({ verdict: 'inconclusive', because, seenOnce: true }, exchanges),
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
  const call = await callInScript(front, stage, attacker, variant, shown ?? listing.call);
  return {
    ...head,
    verdict: 'leak',
    because: `${attack.action === 'read' ? 'an answer' : 'a list answered'} to ${attacker.id} (${outcomeOf(listing.answer)}) held a canary of ${victim.owner}'s ${resource.type}`,
    confirmations: 2,
    seenIn,
    exchanges,
    reproduce: call
      ? reproductionOf(workshop, {
          proof: 'seen',
          object: victim,
          attacker: attacker.id,
          attack: { call, values: variant.values },
          attackMarks: [],
          ownerLooks: ownerLooks(front, victim, operation),
          alive: aliveUrl(front, stage),
        })
      : null,
  };
}

type Asked = Pick<Parameters<typeof judgeListing>[2], 'attacker' | 'variant' | 'listing'>;

/** The same answer once more, when it shows one of these objects again. */
async function askedAgain(
  front: Front,
  { attacker, variant, listing }: Asked,
  refs: readonly string[],
): Promise<Listing | null> {
  const again = await askList(front, attacker.id, listing.call.operation, variant, 'confirm', true);
  return again?.sightings.some(({ ref }) => refs.includes(ref)) === true ? again : null;
}

/** Lists of the newest things show the object no more once others came after it; they show one that its owner makes now. */
async function askedAboutFresh(
  front: Front,
  { victim, resource }: Stage,
  asked: Asked,
): Promise<Listing | null> {
  if (victim.origin !== 'planted' || victim.exposure !== 'shared') return null;
  const fresh = await plantObject(front.workshop, front.courier, {
    resource,
    actor: victim.owner,
    tenant: victim.tenant,
    twin: 'throwaway',
    purpose: 'confirm: an object made now',
  });
  return fresh.kind === 'planted' ? askedAgain(front, asked, [fresh.object.ref]) : null;
}

/**
 * The call that a script can make. It has the login as a whole, and can neither add a cookie to it nor ask elsewhere: where these
 * are needed for the effect there is none.
 */
async function callInScript(
  front: Front,
  stage: Stage,
  attacker: Actor,
  variant: ListVariant,
  plain: Call,
): Promise<Call | null> {
  const { added = {}, credential, origin } = variant;
  if (credential || origin !== undefined || 'header:host' in added) return null;
  if (!('header:cookie' in added)) return plain;
  const { 'header:cookie': _, ...others } = added;
  const purpose = 'confirm: without cookies that name the tenant';
  const asked = await askList(
    front,
    attacker.id,
    plain.operation,
    { ...variant, added: others },
    purpose,
    true,
  );
  return asked?.sightings.some(({ ref }) => refsOf(stage).includes(ref)) === true ? asked.call : null;
}
