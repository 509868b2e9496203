import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';

/** The members of an organisation as somebody sees them. */
export interface MembersView {
  readonly items: readonly JsonObject[];
}

/** Reads a list of members: the first list of objects in the answer, from the top; null when there is none. */
export function membersView(json: unknown): MembersView | null {
  let level: readonly unknown[] = [json];
  for (let depth = 0; depth < 4 && level.length > 0; depth += 1) {
    for (const value of level) {
      if (Array.isArray(value) && value.every(isJsonObject)) return { items: value.filter(isJsonObject) };
    }
    level = level.flatMap((value) => (isJsonObject(value) ? Object.values(value) : []));
  }
  return null;
}

/**
 * The member that is there now and was not before. With addresses in the list only rows about this address count, so that
 * another row that changed meanwhile is not taken for a newcomer; a row that stood there as invited and now reads otherwise does.
 */
export function newcomer(before: MembersView, after: MembersView, address: string): JsonObject | null {
  const old = new Set(before.items.map((item) => JSON.stringify(item)));
  const fresh = after.items.filter((item) => !old.has(JSON.stringify(item)));
  const showsAddresses = [...before.items, ...after.items].some((item) =>
    /"[^"\s]+@[^"\s]+"/.test(JSON.stringify(item)),
  );
  if (showsAddresses) return fresh.find((item) => about(item, address) && !isPending(item)) ?? null;
  const oldIds = new Set(before.items.map(idOf));
  return fresh.find((item) => !oldIds.has(idOf(item))) ?? null;
}

const about = (item: JsonObject, address: string): boolean =>
  JSON.stringify(item).toLowerCase().includes(`"${address.toLowerCase()}"`);

const isPending = (item: JsonObject): boolean =>
  ['status', 'state'].some((name) =>
    /^"(pending|invited|requested)"$/i.test(JSON.stringify(item[name] ?? '')),
  );

const idOf = (item: JsonObject): string =>
  JSON.stringify(item['id'] ?? item['_id'] ?? item['userId'] ?? item);

/** Ids that may stand for a member in the path of the operation that removes it, the likeliest for this slot name first. */
export function memberIds(item: JsonObject, slot: string): readonly string[] {
  const user = [item['userId'], item['user_id'], nested(item, 'user'), nested(item, 'account')];
  const member = [item['membershipId'], item['memberId'], item['id'], item['_id'], item['documentId']];
  const own = item[slot];
  const order = /user|account/i.test(slot) ? [own, ...user, ...member] : [own, ...member, ...user];
  const ids = order
    .filter((value) => (typeof value === 'string' && value !== '') || typeof value === 'number')
    .map(String);
  return [...new Set(ids)];
}

function nested(item: JsonObject, name: string): unknown {
  const inner = item[name];
  return isJsonObject(inner) ? inner['id'] : undefined;
}
