import type { SlotSource } from '@launch-ready/core';
import { isIdKey, isIdShaped, isWordLike } from './id-shape.ts';

/** A place of an earlier answer that showed a value. */
export interface SeenAt {
  /** Number of the call in its file. */
  readonly call: number;
  readonly pointer: string;
  readonly inside: SlotSource['inside'];
}

/** Remembers which answers showed which values, in the order of time. */
export interface ValueFlow {
  /** Takes in an answer. */
  learn(call: number, answer: unknown, location: string | null): void;
  /** Where a value was seen before; empty when nowhere, or when it may have met by chance. */
  sourcesOf(value: string): readonly SeenAt[];
}

const mostPlaces = 40;
const deepest = 8;

export function createValueFlow(): ValueFlow {
  const seen = new Map<string, SeenAt[]>();

  const note = (value: string, at: SeenAt): void => {
    if (value === '' || value.length > 200) return;
    const places = seen.get(value) ?? [];
    if (places.length < mostPlaces) places.push(at);
    seen.set(value, places);
  };

  const noteText = (call: number, pointer: string, text: string): void => {
    note(text, { call, pointer, inside: 'itself' });
    if (/^(https?:\/\/|\/)[^\s]+$/.test(text)) {
      for (const part of partsOfUrl(text)) note(part, { call, pointer, inside: 'url' });
    }
    const tail = base64Tail(text);
    if (tail !== null) note(tail, { call, pointer, inside: 'base64' });
  };

  const walk = (call: number, value: unknown, pointer: string, depth: number): void => {
    if (depth > deepest) return;
    if (typeof value === 'string') noteText(call, pointer, value);
    else if (typeof value === 'number') note(String(value), { call, pointer, inside: 'itself' });
    else if (Array.isArray(value)) {
      for (const item of value.slice(0, 500)) walk(call, item, `${pointer}/*`, depth + 1);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value))
        walk(call, inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    }
  };

  return {
    learn: (call, answer, location) => {
      walk(call, answer, '', 0);
      if (location !== null)
        for (const part of partsOfUrl(location).slice(-1))
          note(part, { call, pointer: 'header location', inside: 'url' });
    },
    sourcesOf: (value) => {
      const places = seen.get(value) ?? [];
      // Numbers and words meet by chance; there the name of the field must speak for it too.
      const doubtful = isWordLike(value) || value.length < 4 || (/^\d+$/.test(value) && value.length < 7);
      return doubtful
        ? places.filter(
            ({ pointer, inside }) =>
              (isIdKey(pointer) && inside === 'itself') || pointer === 'header location',
          )
        : places;
    },
  };
}

/** Path segments and query values of a URL that may be ids. */
function partsOfUrl(text: string): readonly string[] {
  if (!URL.canParse(text, 'http://base.invalid')) return [];
  const url = new URL(text, 'http://base.invalid');
  const parts = [...url.pathname.split('/'), ...url.searchParams.values()];
  return parts.filter((part) => isIdShaped(part) || (part.length >= 6 && /\d/.test(part)));
}

/** What stands at the end of a base64 text such as `Type:id` or `gid://app/Type/id`; null when it is no such text. */
function base64Tail(text: string): string | null {
  if (!/^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(text)) return null;
  const decoded = Buffer.from(text, 'base64').toString('latin1');
  const match = /^(?:gid:\/\/[\w-]+\/)?[A-Za-z][\w-]*[:/]([\w-]{1,80})$/.exec(decoded);
  return match?.[1] ?? null;
}
