import { isJsonObject } from './json-scalars.ts';

/** A body with fields set that hold foreign values; the place of what everything is put below, if there is such, is kept. */
export function injected(body: unknown, fields: Readonly<Record<string, unknown>>): unknown {
  if (!isJsonObject(body) || Object.keys(fields).length === 0) return body;
  const [wrapper] = Object.keys(body);
  const inner = wrapper === undefined ? undefined : body[wrapper];
  return Object.keys(body).length === 1 && wrapper !== undefined && isJsonObject(inner)
    ? { [wrapper]: { ...inner, ...fields } }
    : { ...body, ...fields };
}
