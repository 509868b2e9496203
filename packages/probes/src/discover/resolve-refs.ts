import { isObject, type JsonObject } from './parse-document.ts';

/** Follows the references of one document. */
export interface RefResolver {
  /** The value behind a chain of references; undefined when it leads nowhere. */
  follow(value: unknown): unknown;
  /**
   * A copy without references. Where a schema contains itself, where references are nested too deep, and where the copy
   * grows over the limit, an empty schema stands, which allows everything.
   */
  expand(value: unknown, limit: number): unknown;
  readonly problems: readonly string[];
}

const deepestNesting = 5;

export function createRefResolver(document: JsonObject): RefResolver {
  const problems = new Set<string>();

  const at = (ref: string): unknown => {
    if (!ref.startsWith('#')) {
      problems.add(`${ref} is in another document and was not read`);
      return undefined;
    }
    let value: unknown = document;
    for (const part of ref.slice(1).split('/').slice(1)) {
      const key = decodeURIComponentSafely(part).replaceAll('~1', '/').replaceAll('~0', '~');
      value = isObject(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined;
    }
    if (value === undefined) problems.add(`${ref} leads nowhere`);
    return value;
  };

  const follow = (value: unknown): unknown => {
    const seen = new Set<string>();
    let current = value;
    for (let ref = refOf(current); ref !== null; ref = refOf(current)) {
      if (seen.has(ref)) {
        problems.add(`${ref} leads to itself`);
        return undefined;
      }
      seen.add(ref);
      current = at(ref);
    }
    return current;
  };

  const expand = (value: unknown, limit: number): unknown => {
    let left = limit;
    const copy = (current: unknown, open: readonly string[]): unknown => {
      const ref = refOf(current);
      if (ref !== null) {
        if (open.includes(ref) || open.length >= deepestNesting) return {};
        const siblings = Object.entries(isObject(current) ? current : {}).filter(([key]) => key !== '$ref');
        const behind = copy(at(ref), [...open, ref]);
        if (!isObject(behind)) return {};
        return siblings.length === 0
          ? behind
          : { ...behind, ...Object.fromEntries(siblings.map(([key, inner]) => [key, copy(inner, open)])) };
      }
      if (Array.isArray(current)) return current.slice(0, 200).map((item: unknown) => copy(item, open));
      if (!isObject(current)) return current;
      left -= 1;
      if (left < 0) return {};
      return Object.fromEntries(Object.entries(current).map(([key, inner]) => [key, copy(inner, open)]));
    };
    return copy(value, []);
  };

  return {
    follow,
    expand,
    get problems() {
      return [...problems].slice(0, 20);
    },
  };
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const refOf = (value: unknown): string | null =>
  isObject(value) && typeof value['$ref'] === 'string' ? value['$ref'] : null;
