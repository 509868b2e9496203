/** An object of parsed JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One leaf of parsed JSON with the place it stands at. */
export interface JsonScalar {
  /** JSON pointer (RFC 6901, without escaping), such as `/data/0/title`. */
  readonly pointer: string;
  /** Name of the nearest enclosing property. */
  readonly key: string;
  readonly value: string | number | boolean | null;
}

/** Every leaf of parsed JSON, in document order. Deeper than 12 levels nothing is looked at. */
export function jsonScalars(value: unknown, pointer = '', key = '', depth = 0): readonly JsonScalar[] {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return [{ pointer, key, value }];
  }
  if (depth > 12) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => jsonScalars(item, `${pointer}/${index}`, key, depth + 1));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    jsonScalars(inner, `${pointer}/${name}`, name, depth + 1),
  );
}
