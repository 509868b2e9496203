import * as z from 'zod';

const object = z.record(z.string(), z.unknown());

/** A text or number at the top of a JSON object, as text; empty when there is none. */
export function textAt(json: unknown, name: string): string {
  const parsed = object.safeParse(json);
  const value = parsed.success ? parsed.data[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
