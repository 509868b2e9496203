import type { Operation } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { fillPath } from '../transport/path-template.ts';

type Places = Pick<ProbeContext, 'target' | 'ledger'>;

/**
 * Absolute URL of an operation inside one tenant. Slots are filled from `extra`, from what the target file says of the
 * tenant, and from the parents of objects planted there. Null when a slot has no value.
 */
export function tenantUrl(
  { target, ledger }: Places,
  operation: Operation,
  tenant: string,
  extra: Readonly<Record<string, string>> = {},
): string | null {
  const values: Record<string, string> = {};
  for (const name of slotNames(operation.path)) {
    const value =
      extra[name] ??
      valueOf(name, target.tenantIds[tenant] ?? {}) ??
      parentValue(ledger, tenant, name, operation.path);
    if (value === null) return null;
    values[name] = value;
  }
  const path = fillPath(operation.path, values);
  return path === null ? null : operation.origin + path;
}

/** Names of the slots of a path template, in order. */
export const slotNames = (path: string): readonly string[] =>
  [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '');
const stem = (name: string): string => plain(name).replace(/(id|slug|key|name)$/, '');

/** The tenant's value for a slot: of the same name, or of the same word before `Id` or `Slug`. */
function valueOf(slot: string, ids: Readonly<Record<string, string>>): string | null {
  const named = Object.entries(ids).find(([name]) => plain(name) === plain(slot));
  const related = Object.entries(ids).find(([name]) => stem(name) !== '' && stem(name) === stem(slot));
  return (named ?? related)?.[1] ?? null;
}

/** A value that planted objects of this tenant carry for this slot as that of a parent, below the same beginning of the path. */
function parentValue(ledger: Places['ledger'], tenant: string, slot: string, path: string): string | null {
  const beginning = path.split(`{${slot}}`)[0] ?? '';
  for (const entry of ledger.entries) {
    const value = entry.slots[slot];
    if (entry.tenant !== tenant || value === undefined) continue;
    const created = entry.state === 'created' || entry.state === 'intended';
    if (created && entry.operation.includes(`${beginning}{${slot}}`)) return value;
  }
  return null;
}
