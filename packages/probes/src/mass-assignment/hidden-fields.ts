import type { JsonSchema, Operation } from '@launch-ready/core';
import { flatSchema } from '../plant/flat-schema.ts';
import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';
import { isSoftState } from './set-elsewhere.ts';
import { plainName, writableNames, type CandidateField, type OwnNames } from './candidate-fields.ts';
import { protectedKind } from './protected-kind.ts';
import { twoValues, type TwoValues } from './two-values.ts';

/** A key that no application knows: what is kept under it is kept by a store that keeps everything. */
export const unlistedKey = 'lrUnlistedKey';

const usual = ['role', 'isAdmin', 'credits', 'plan', 'emailVerified', 'approved'];
const usualMoving = ['tenantId', 'orgId', 'organizationId', 'workspaceId', 'teamId', 'ownerId', 'userId'];
const mostNames = 14;

/**
 * Fields that no view of the object shows, and that a table often has all the same: the usual names, those that the document
 * speaks of elsewhere, and those that only others may send. Empty when the body is said to take no further keys.
 *
 * @param known further names, such as those in bodies that this caller may not send
 */
export function hiddenFields(
  object: JsonObject,
  operation: Operation,
  declared: readonly Operation[],
  own: OwnNames,
  known: readonly string[] = [],
): readonly CandidateField[] {
  const schema = flatSchema(operation.body?.schema ?? {});
  if (schema.additionalProperties === false || isWrapper(schema)) return [];
  const taken = new Set([...Object.keys(object).map(plainName), ...writableNames([operation, ...declared])]);
  const snake = [...Object.keys(object), ...writableNames([operation])].some((name) =>
    /[a-z]_[a-z]/.test(name),
  );
  const style = (name: string): string =>
    snake ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
  const documented = operation.responses.flatMap(({ schema: answer }) => namesIn(answer, 0));
  const names = [...known, ...documented, ...[...usual, ...usualMoving].map(style)].filter(
    (name, index, all) =>
      !taken.has(plainName(name)) && all.findIndex((one) => plainName(one) === plainName(name)) === index,
  );
  return names.slice(0, mostNames).flatMap((name): readonly CandidateField[] => {
    const kind = protectedKind(name);
    if (kind === null || kind === 'time' || (kind === 'state' && isSoftState(name))) return [];
    const values = valuesFor(name, kind, own);
    return values === null ? [] : [{ name, kind, hidden: true, ...values }];
  });
}

function valuesFor(name: string, kind: CandidateField['kind'], own: OwnNames): TwoValues | null {
  if (kind === 'tenant') {
    const [pair] = own.tenants;
    return pair ? { before: null, first: pair[1], second: pair[1] } : null;
  }
  if (kind === 'owner') {
    const [first] = own.strangers;
    return first === undefined ? null : { before: null, first, second: first };
  }
  if (/^is|verified$|approved$|^admin$|super|staff|paid$/i.test(name))
    return { before: null, first: true, second: true };
  if (kind === 'money' && !/plan|tier|subscription/i.test(name))
    return { before: null, first: 7, second: 11 };
  if (/roles$|permissions$/i.test(name)) return null;
  const values = twoValues(kind, '', {}, own.roles);
  return values === null ? null : { ...values, before: null };
}

/** A body that wraps another object: nothing is known to lie beside it. */
function isWrapper(schema: JsonSchema): boolean {
  if (!isJsonObject(schema.properties)) return false;
  const [only, ...more] = Object.values(schema.properties);
  return more.length === 0 && isJsonObject(only) && flatSchema(only).additionalProperties === false;
}

function namesIn(schema: JsonSchema | undefined, depth: number): readonly string[] {
  if (!schema || depth > 2) return [];
  const flat = flatSchema(schema);
  if (isJsonObject(flat.items)) return namesIn(flat.items, depth);
  if (!isJsonObject(flat.properties)) return [];
  return Object.entries(flat.properties).flatMap(([name, inner]) => [
    name,
    ...(isJsonObject(inner) ? namesIn(inner, depth + 1) : []),
  ]);
}
