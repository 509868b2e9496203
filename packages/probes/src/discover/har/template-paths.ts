import { singular } from '../../access/names.ts';
import { isIdKey, isIdShaped, isWordLike } from './id-shape.ts';
import type { ObservedCall } from './observed-call.ts';
import type { SeenAt } from './value-flow.ts';

/** One segment of a recorded path: written out, or a slot with its value. */
export type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'slot'; readonly name: string; readonly value: string };

export interface TemplateSetting {
  /** Where each path segment of each call had been seen before. */
  readonly sources: readonly (readonly (readonly SeenAt[])[])[];
  /** Values that name a tenant, with the name of what they name. */
  readonly tenantValues: ReadonlyMap<string, string>;
}

/** Words that name an action or a view where other paths have an id. */
export const actionWord =
  /^(me|self|search|export|import|count|counts|stats|summary|all|new|recent|latest|current|bulk|batch|archive|archived|login|logout|active|feed|drafts?|unread|popular|trending|mine|default|settings|health|status|v\d+)$/i;

/**
 * Tells which segments of recorded paths are values. A value that takes a slot in one call takes it in every call with the
 * same path before it, so that one route does not come in two spellings.
 */
export function templatePaths(
  calls: readonly ObservedCall[],
  setting: TemplateSetting,
): readonly (readonly Piece[])[] {
  const pieces: Piece[][] = calls.map(() => []);
  const longest = Math.max(0, ...calls.map(({ segments }) => segments.length));
  for (let at = 0; at < longest; at += 1) {
    const groups = new Map<string, number[]>();
    for (const [index, { segments, origin }] of calls.entries()) {
      if (segments.length <= at) continue;
      const before = `${origin}${shapeOf(pieces[index] ?? [])}`;
      groups.set(before, [...(groups.get(before) ?? []), index]);
    }
    for (const members of groups.values()) {
      const values = valuesAt(calls, members, at, setting, pieces);
      for (const index of members) {
        const text = calls[index]?.segments[at] ?? '';
        const own = pieces[index] ?? [];
        own.push(
          values.has(text)
            ? { kind: 'slot', name: nameFor(own, text, setting), value: text }
            : { kind: 'literal', text },
        );
      }
    }
  }
  return pieces;
}

/** A path template from its pieces. */
export const pathOf = (pieces: readonly Piece[]): string =>
  `/${pieces.map((piece) => (piece.kind === 'slot' ? `{${piece.name}}` : piece.text)).join('/')}`;

const shapeOf = (pieces: readonly Piece[]): string =>
  `/${pieces.map((piece) => (piece.kind === 'slot' ? '{}' : piece.text)).join('/')}`;

/** Texts at one position behind one path that are values. */
function valuesAt(
  calls: readonly ObservedCall[],
  members: readonly number[],
  at: number,
  setting: TemplateSetting,
  pieces: readonly (readonly Piece[])[],
): ReadonlySet<string> {
  const values = new Set<string>();
  for (const index of members) {
    const call = calls[index];
    const text = call?.segments[at];
    if (!call || text === undefined || /^v\d{1,2}$/i.test(text)) continue;
    const seenBefore = (setting.sources[index]?.[at] ?? []).length > 0;
    const word = isWordLike(text);
    if (
      isIdShaped(text) ||
      setting.tenantValues.has(text) ||
      (seenBefore && !actionWord.test(text) && at > 0)
    )
      values.add(text);
    else if (!word && /\d/.test(text) && text.length >= 6 && at > 0) values.add(text);
    else if (
      at > 0 &&
      !actionWord.test(text) &&
      at === call.segments.length - 1 &&
      namesItself(call.answer, text)
    )
      values.add(text);
  }
  const before = pieces[members[0] ?? 0]?.at(-1);
  if (before?.kind !== 'literal' || singular(before.text.toLowerCase()) === before.text.toLowerCase())
    return values;
  for (const text of varying(calls, members, at)) values.add(text);
  return values;
}

/** Words that vary at a position while at least two paths behind it stay equal: `/orgs/north/posts`, `/orgs/south/members`. */
function varying(calls: readonly ObservedCall[], members: readonly number[], at: number): readonly string[] {
  const tails = new Map<string, Set<string>>();
  for (const index of members) {
    const { segments = [], method = '' } = calls[index] ?? {};
    const text = segments[at] ?? '';
    if (actionWord.test(text) || segments.length === at + 1) continue;
    const tail = `${method} ${segments
      .slice(at + 1)
      .map((one) => (isIdShaped(one) ? '{}' : one))
      .join('/')}`;
    tails.set(text, (tails.get(text) ?? new Set()).add(tail));
  }
  const all = [...tails];
  return all
    .filter(([text, own]) =>
      all.some(
        ([other, theirs]) => other !== text && [...own].filter((tail) => theirs.has(tail)).length >= 2,
      ),
    )
    .map(([text]) => text);
}

/** Whether an answer is one object that is known by this text: `/projects/apollo` with `"slug": "apollo"`. */
function namesItself(answer: unknown, text: string): boolean {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return false;
  const inner = [
    answer,
    ...Object.values(answer).filter(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    ),
  ];
  return inner.some((object) =>
    Object.entries(object).some(([key, value]) => String(value) === text && isIdKey(`/${key}`)),
  );
}

function nameFor(before: readonly Piece[], value: string, setting: TemplateSetting): string {
  const taken = new Set(before.flatMap((piece) => (piece.kind === 'slot' ? [piece.name] : [])));
  const last = before.at(-1);
  const thing =
    setting.tenantValues.get(value) ??
    (last?.kind === 'literal' ? `${camel(singular(last.text))}Id` : before.length === 0 ? 'id' : 'itemId');
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? thing : `${thing}${number}`;
    if (!taken.has(name)) return name;
  }
}

const camel = (text: string): string => {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const [first = 'item', ...rest] = words;
  return (
    first.charAt(0).toLowerCase() +
    first.slice(1) +
    rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  );
};
