import type { Operation } from '@launch-ready/core';
import { flatSchema } from './flat-schema.ts';
import { isJsonObject } from './json-scalars.ts';
import { isReferenceName, isServerMade } from '../access/names.ts';
import type { OwnerView } from '../cross-tenant/owner-view.ts';

/**
 * A body whose choices, numbers and yes-or-no fields differ from what the object holds now, for changes that no text can mark.
 * Fields of other types stay as they are.
 */
export function differingBody(operation: Operation, base: unknown, view: OwnerView): unknown {
  const schema = flatSchema(operation.body?.schema ?? {});
  if (!isJsonObject(schema.properties)) return base;
  const body: Record<string, unknown> = isJsonObject(base) ? { ...base } : {};
  for (const [name, raw] of Object.entries(schema.properties)) {
    // An id says which object is meant, and is nothing to be changed.
    if (!isJsonObject(raw) || isServerMade(name) || isReferenceName(name)) continue;
    const value = differing(flatSchema(raw), currentOf(view, name));
    if (value !== undefined) body[name] = value;
  }
  return body;
}

/** The JSON text of the leaf of this name that lies nearest to the top. */
function currentOf(view: OwnerView, name: string): string | undefined {
  const places = [...view.fields.keys()].filter((pointer) => pointer.endsWith(`/${name}`));
  const [nearest] = places.toSorted((a, b) => a.length - b.length);
  return nearest === undefined ? undefined : view.fields.get(nearest);
}

function differing(schema: Readonly<Record<string, unknown>>, current: string | undefined): unknown {
  if (Array.isArray(schema.enum))
    return schema.enum.find((choice: unknown) => choice !== null && JSON.stringify(choice) !== current);
  if (schema.type === 'boolean') return current !== 'true';
  if (schema.type === 'integer' || schema.type === 'number') {
    const now = Number(current ?? 'NaN');
    const least = typeof schema.minimum === 'number' ? schema.minimum : 1;
    const most = typeof schema.maximum === 'number' ? schema.maximum : Number.POSITIVE_INFINITY;
    if (Number.isNaN(now)) return least;
    return now + 1 <= most ? Math.max(now + 1, least) : least;
  }
  return undefined;
}
