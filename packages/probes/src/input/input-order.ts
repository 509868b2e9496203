import type { JsonSchema, Operation } from '@launch-ready/core';
import { bodyFields, mentions } from '../lifecycle/operation-words.ts';
import { flatSchema } from '../plant/flat-schema.ts';
import type { PlantedObject } from '../plant/planted-object.ts';

/**
 * One object for each operation that makes some, in the order in which bad input is worth sending: where texts are freest first,
 * since what is narrow turns away the most by itself, and invites last, since each one counts towards limits that are low. Objects
 * of the last tenant are taken where there are any: most of what else a review writes is written by the first one, and what one
 * account may write in an hour is limited.
 */
export function inputOrder(objects: readonly PlantedObject[]): readonly PlantedObject[] {
  const last = objects.at(-1)?.tenant;
  const byOperation = new Map<string, PlantedObject>();
  for (const object of objects.toSorted((a, b) => Number(b.tenant === last) - Number(a.tenant === last))) {
    const create = object.resource.create?.id;
    if (create === undefined) continue;
    const known = byOperation.get(create);
    if (known === undefined || (!known.ownerReads && object.ownerReads)) byOperation.set(create, object);
  }
  const rank = ({ resource }: PlantedObject): number =>
    resource.create === null || isInvite(resource.create) ? -1 : freedom(resource.create);
  return [...byOperation.values()].toSorted((a, b) => rank(b) - rank(a));
}

const isInvite = (operation: Operation): boolean => mentions(operation, /^invit/);

/** How long the longest text may be that its body takes; 100,000 where no length is declared. */
const freedom = (operation: Operation): number =>
  operation.body?.schema === undefined
    ? unbounded
    : Math.max(0, ...bodyFields(operation).map(({ schema }) => freedomOf(schema)));

const unbounded = 100_000;

/** How long a text of this schema may be; 0 when it is no free text. */
export function freedomOf(schema: JsonSchema): number {
  const { type, enum: listed, format, pattern, const: constant, maxLength, readOnly } = flatSchema(schema);
  if (type !== undefined && type !== 'string') return 0;
  if ([listed, format, pattern, constant].some((one) => one !== undefined) || readOnly === true) return 0;
  return typeof maxLength === 'number' ? Math.min(maxLength, unbounded) : unbounded;
}
