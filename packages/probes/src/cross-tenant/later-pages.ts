import type { Actor, Operation } from '@launch-ready/core';
import { askList, pageSize, type Listing, type ListVariant } from './ask-list.ts';
import { isSuccess } from './courier.ts';
import { isFirstKind, type Front, type Stage } from './front.ts';
import { jsonScalars } from '../plant/json-scalars.ts';
import { plainName } from '../access/names.ts';

const cursorSlot =
  /^(cursor|after|page_?token|continuation(_?token)?|starting_?after|next|since_?id|marker)$/i;
const pageSlot = /^(page|page_?number|p)$/i;
const offsetSlot = /^(offset|skip|start)$/i;
const cursorField =
  /^(next|cursor|after|endcursor|nextcursor|nextpagetoken|pagetoken|continuation|continuationtoken|nexttoken)$/;

/**
 * Pages of a list after the first, whose condition is often another one: by the cursor that the own first page gave, by the one
 * that the owner's first page gave, and by numbers where the document counts pages.
 */
export async function laterPages(
  front: Front,
  operation: Operation,
  own: ListVariant,
  owners: ListVariant,
  attacker: Actor,
  stage: Stage,
): Promise<readonly ListVariant[]> {
  const named = (pattern: RegExp): string | undefined =>
    operation.slots.find((slot) => slot.in === 'query' && pattern.test(slot.name))?.name;
  const variant = (name: string, value: string): ListVariant => ({
    slot: `query:${name}`,
    values: own.values,
    extra: { [`query:${name}`]: value },
  });
  const cursor = named(cursorSlot);
  if (cursor !== undefined) {
    const purpose = 'control: its own list';
    const pages = [
      await askList(front, attacker.id, operation, own, purpose),
      await askList(front, stage.victim.owner, operation, owners, purpose),
    ];
    const given = new Set(pages.flatMap((page) => cursorsIn(page, cursor)));
    if (given.size > 0) return [...given].slice(0, 2).map((value) => variant(cursor, value));
    // Everything fits on one page: a page of one has a next. One kind stands for how the application turns pages.
    const size = named(pageSize);
    if (size === undefined || !isFirstKind(front, stage)) return [];
    const small = { ...own, extra: { [`query:${size}`]: '1' } };
    const first = await askList(front, attacker.id, operation, small, 'control: a page of one');
    return cursorsIn(first, cursor)
      .slice(0, 1)
      .map((value) => variant(cursor, value));
  }
  const page = named(pageSlot);
  if (page !== undefined) return [variant(page, '2')];
  const offset = named(offsetSlot);
  return offset === undefined ? [] : [variant(offset, '1')];
}

/** Values that an answer gives for the next page, in its body or in its `link` header (RFC 8288). */
function cursorsIn(listing: Listing | null, name: string): readonly string[] {
  if (listing?.answer.kind !== 'answer' || !isSuccess(listing.answer)) return [];
  const { answer } = listing;
  const links = [...(answer.header('link') ?? '').matchAll(/<([^>]+)>[^,]*rel="?next/g)].map(
    ([, url]) => url,
  );
  const fields = jsonScalars(answer.json()).flatMap(({ key, value }) =>
    cursorField.test(plainName(key)) && (typeof value === 'string' || typeof value === 'number')
      ? [String(value)]
      : [],
  );
  return [...fields, ...links].flatMap((value) => {
    if (value === undefined || value === '') return [];
    const url = URL.canParse(value, listing.call.url) ? new URL(value, listing.call.url) : null;
    const inUrl = /^(https?:|\/|\?)/.test(value) ? (url?.searchParams.get(name) ?? null) : value;
    return inUrl === null ? [] : [inUrl];
  });
}
