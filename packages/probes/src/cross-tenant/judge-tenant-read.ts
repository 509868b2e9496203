import type { Actor, ActorId, Operation } from '@launch-ready/core';
import { namedThing } from '../access/names.ts';
import type { BoundSlot } from '../access/resource-graph.ts';
import { quietParts } from '../access/trial-head.ts';
import { askList, type Listing, type ListVariant } from './ask-list.ts';
import { exchangesOf, isSuccess, outcomeOf } from './courier.ts';
import type { CrossTenantTrial, Front, TenantControl } from './front.ts';
import { isKeptToOneself, isOpenToNobody, showsTheSame } from './personal-things.ts';
import { quietVerdict } from './quiet-verdict.ts';
import { tenantReproduction } from './tenant-reproduction.ts';

/** A slot of path or header that says whose things are meant. */
export const isTenantSelector = ({ referent, in: place }: BoundSlot): boolean =>
  place !== 'query' && referent.startsWith('scope ');

/** The text of an answer in lower case; empty when there was none. */
export const listingText = (listing: Listing | null): string =>
  listing && listing.answer.kind === 'answer' ? listing.answer.text.toLowerCase() : '';

/** What an answer to a question for things of a foreign tenant proves; a suspicion is confirmed by asking again. */
export async function judgeTenantRead(
  front: Front,
  attack: {
    readonly operation: Operation;
    readonly attacker: Actor;
    readonly owner: Actor;
    readonly variant: ListVariant;
    readonly listing: Listing;
    readonly ownerSaw: Listing;
    readonly home: Listing;
    readonly marks: readonly string[];
  },
): Promise<CrossTenantTrial> {
  const { operation, attacker, owner, variant, listing, ownerSaw, home, marks } = attack;
  const literals = operation.path.split('/').filter((part) => part !== '' && !part.startsWith('{'));
  const what =
    namedThing(literals.at(-1) ?? '') === '' ? operation.path : (literals.at(-1) ?? operation.path);
  const head = {
    operation: operation.id,
    action: 'tenant',
    slot: variant.slot,
    relation: `foreign ${attacker.role}`,
    attacker: attacker.id,
    owner: owner.id,
    objectType: what,
  } as const;
  const exchanges = exchangesOf(ownerSaw.answer, home.answer, listing.answer);
  const leaked = marks.filter((mark) => listingText(listing).includes(mark));
  const bound = front.workshop.graph.boundSlots(operation);
  const asked = variant.values.get(bound.findLast(isTenantSelector)?.referent ?? 'scope ') ?? '';
  const isWhole =
    leaked.length === 0 &&
    variant.slot !== '-' &&
    isKeptToOneself(front.workshop, bound) &&
    showsTheSame(listing, ownerSaw, home, asked) &&
    !(await isOpenToNobody(front.workshop, listing, listingText(listing)));
  const control = (seen: Listing, actor: ActorId): TenantControl => ({
    state: isSuccess(seen.answer) ? 'able' : 'unclear',
    because: `${actor} is ${outcomeOf(seen.answer)} at home`,
    exchanges: exchangesOf(seen.answer),
    actor,
  });
  if (leaked.length === 0 && !isWhole) {
    const isSame =
      isSuccess(listing.answer) && variant.slot !== '-' && listingText(listing) === listingText(ownerSaw);
    if (isSame || (isSuccess(listing.answer) && marks.length === 0)) {
      const because = `answered ${attacker.id} as it answers its owner, with nothing in it of which anybody could say that it is private`;
      return { ...head, ...quietParts({ verdict: 'inconclusive', because }, exchanges) };
    }
    const quiet = await quietVerdict(front.workshop, attacker, listing.answer, {
      owner: control(ownerSaw, owner.id),
      home: control(home, attacker.id),
    });
    return { ...head, ...quietParts(quiet, exchanges) };
  }
  const again = await askList(front, attacker.id, operation, variant, 'confirm', true);
  const all = [...exchanges, ...exchangesOf(again?.answer ?? null)];
  const isAgain = isWhole
    ? again !== null && showsTheSame(again, ownerSaw, home, asked)
    : leaked.some((mark) => listingText(again).includes(mark));
  if (!isAgain) {
    const because = 'something of the other tenant came back once, but not again';
    return {
      ...head,
      ...quietParts({ verdict: 'inconclusive', because, seenOnce: true }, all),
      seenIn: 'body',
    };
  }
  const kinds = isWhole
    ? `the ${what}`
    : leaked.some((mark) => mark.includes('@'))
      ? 'account names'
      : 'private fields';
  return {
    ...head,
    verdict: 'leak',
    because: `the answer to ${attacker.id} (${outcomeOf(listing.answer)}) held ${kinds} of ${front.victimTenant} that only its own people are shown`,
    confirmations: 2,
    seenIn: 'body',
    exchanges: all,
    reproduce: tenantReproduction({
      attack: listing.call,
      attacker: attacker.id,
      ownerCall: ownerSaw.call,
      owner: owner.id,
      homeCall: home.call,
      isWhole,
    }),
  };
}
