import type { JsonSchema, Operation } from '@launch-ready/core';
import { flatSchema } from '../plant/flat-schema.ts';
import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';
import { protectedKind, type ProtectedKind } from './protected-kind.ts';
import { twoValues, type TwoValues } from './two-values.ts';

/** A field that answers show and that requests are not said to take, with what to put into it. */
export interface CandidateField extends TwoValues {
  readonly name: string;
  readonly kind: ProtectedKind;
  /** No view showed it before anything was written. */
  readonly hidden?: boolean;
  /** Many products let callers set it: stored, it is asked about and not found fault with. */
  readonly asks?: boolean;
}

/** Values that name things of ours, for fields that refer to a tenant or to an account. */
export interface OwnNames {
  readonly roles: readonly string[];
  /** What names the own tenant, with what names the other in the same way. */
  readonly tenants: readonly (readonly [string, string])[];
  /** Ids of accounts of the target file, the last being of the other tenant. */
  readonly strangers: readonly string[];
  /** The same name of another tenant, for a value that names the own one; null for any other value. */
  otherTenant(value: string): string | null;
  /** Ids of two other accounts of the target file, for the id of the own one; null for any other value. */
  otherAccounts(value: string): readonly [string, string] | null;
}

export const plainName = (name: string): string => name.replace(/[^a-z\d]/gi, '').toLowerCase();

/** Fields that the bodies of these operations are said to take, by plain name. */
export const writableNames = (declared: readonly Operation[]): ReadonlySet<string> =>
  new Set(declared.flatMap((one) => [...properties(one.body?.schema).keys()]));

/**
 * Fields of an untouched object that its request schema does not have, and whose name or document says that they are not the
 * caller's to set. A field that any of the `declared` operations takes is the caller's by design.
 */
export function candidateFields(
  object: JsonObject,
  operation: Operation,
  declared: readonly Operation[],
  own: OwnNames,
): readonly CandidateField[] {
  const described = properties(operation.body?.schema);
  const writable = writableNames(declared);
  return Object.entries(object).flatMap(([name, value]): readonly CandidateField[] => {
    if (writable.has(plainName(name)) || described.has(plainName(name))) return [];
    const answer = answerSchema(operation, name);
    const kind = protectedKind(name) ?? (answer.readOnly === true ? 'read-only' : null);
    if (kind === null) return [];
    // Without a description of the body nobody says which fields callers may set.
    if (described.size === 0 && !['right', 'tenant', 'owner'].includes(kind)) return [];
    const asWritten = (text: string): string | number => (typeof value === 'number' ? Number(text) : text);
    if (kind === 'tenant' || kind === 'owner') {
      if (typeof value !== 'string' && typeof value !== 'number') return [];
      const tenant = own.otherTenant(String(value));
      if (tenant !== null)
        return [{ name, kind: 'tenant', before: value, first: asWritten(tenant), second: asWritten(tenant) }];
      const accounts = own.otherAccounts(String(value));
      if (accounts === null) return [];
      return [
        { name, kind: 'owner', before: value, first: asWritten(accounts[0]), second: asWritten(accounts[1]) },
      ];
    }
    const values = twoValues(kind, value, answer, own.roles);
    return values === null ? [] : [{ name, kind, ...values }];
  });
}

/** Properties of a body by plain name, those below a single wrapper included. */
function properties(schema: JsonSchema | undefined): ReadonlyMap<string, JsonSchema> {
  const { properties: own } = flatSchema(schema ?? {});
  if (!isJsonObject(own)) return new Map();
  const entries = Object.entries(own).flatMap(([name, inner]): [string, JsonSchema][] =>
    isJsonObject(inner) && inner.readOnly !== true ? [[plainName(name), inner]] : [],
  );
  const [only] = entries;
  const inside = entries.length === 1 && only ? flatSchema(only[1]) : null;
  return isJsonObject(inside?.properties) ? properties(inside ?? undefined) : new Map(entries);
}

/** What the document says of a field in the answers of an operation; nothing when it is silent. */
function answerSchema(operation: Operation, name: string): JsonSchema {
  for (const { schema } of operation.responses) {
    const found = findProperty(schema, name, 0);
    if (found) return found;
  }
  return {};
}

function findProperty(schema: JsonSchema | undefined, name: string, depth: number): JsonSchema | null {
  if (!schema || depth > 3) return null;
  const flat = flatSchema(schema);
  if (isJsonObject(flat.items)) return findProperty(flat.items, name, depth + 1);
  if (!isJsonObject(flat.properties)) return null;
  const own = flat.properties[name];
  if (isJsonObject(own)) return flatSchema(own);
  for (const inner of Object.values(flat.properties)) {
    const found = isJsonObject(inner) ? findProperty(inner, name, depth + 1) : null;
    if (found) return found;
  }
  return null;
}
