import * as z from 'zod';

const object = z.record(z.string(), z.unknown());

/** The text or number that lies at the end of a path through JSON objects, as text; empty when there is none. */
export function textAt(json: unknown, ...path: readonly string[]): string {
  let value = json;
  for (const name of path) {
    const parsed = object.safeParse(value);
    value = parsed.success ? parsed.data[name] : undefined;
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
