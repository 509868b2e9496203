import { anonymous } from '@launch-ready/core';
import type { BoundSlot } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { Listing } from './ask-list.ts';
import { isSuccess } from './courier.ts';
import { jsonScalars } from '../plant/json-scalars.ts';

/** Things that people keep to themselves. */
const keptToOneself =
  /^(basket|cart|bag|trolley|wallet|purse|wishlist|watchlist|inbox|outbox|mailbox|vault|locker|safe|journal|diary|drawer|balance|bankaccount|subscription|checkout|paymentmethod|medicalrecord|record)$/;

/** Whether an operation shows a thing of one account alone, by an id that only its owner is told. */
export const isKeptToOneself = ({ scope }: Pick<Workshop, 'scope'>, bound: readonly BoundSlot[]): boolean =>
  bound.some(({ referent, required }) => {
    const thing = referent.startsWith('scope ') ? referent.slice('scope '.length) : '';
    return required && scope.personal.has(thing) && keptToOneself.test(thing);
  });

/**
 * Whether a foreign account was shown the very thing of the owner: all that its owner is shown, and beyond the id that was asked
 * for something that its own does not hold.
 */
export function showsTheSame(seen: Listing, ownerSaw: Listing, home: Listing, asked: string): boolean {
  const [theirs, owners, own] = [seen, ownerSaw, home].map(leavesOf);
  if (!theirs || !owners || !own || owners.size < 3) return false;
  const same =
    owners.size === theirs.size && [...owners].every(([place, value]) => theirs.get(place) === value);
  const telling = [...owners].filter(
    ([place, value]) => value !== JSON.stringify(asked) && value !== asked && own.get(place) !== value,
  );
  return same && telling.length > 0;
}

/** Whether nobody, without any credential, is answered the same: then it is open, and not a matter of tenants. */
export async function isOpenToNobody(workshop: Workshop, { call }: Listing, text: string): Promise<boolean> {
  const answer = await workshop.context.sessions.send(anonymous, {
    probe: 'access/cross-tenant',
    purpose: 'control: what nobody is shown of it',
    method: call.operation.method,
    url: call.url,
    headers: [...call.headers],
    effect: { kind: 'none' },
    operation: call.operation,
  });
  return answer.kind === 'answer' && answer.text.toLowerCase() === text;
}

function leavesOf({ answer }: Listing): ReadonlyMap<string, string> | null {
  if (answer.kind !== 'answer' || !isSuccess(answer)) return null;
  return new Map(
    jsonScalars(answer.json()).map(({ pointer, value }) => [pointer, JSON.stringify(value)] as const),
  );
}
