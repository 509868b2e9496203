import type { Operation } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { jsonScalars, type JsonObject } from '../plant/json-scalars.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import { below } from './account-desk.ts';
import { requiredOf } from './disable-change.ts';
import { bodyFields } from './operation-words.ts';
import { slotNames } from './tenant-call.ts';

/** The operation by which an administrator changes the role of somebody else, and the roles to change between. */
export interface RoleChange {
  readonly operation: Operation;
  readonly now: string;
  /** Stronger roles, the likeliest first. */
  readonly stronger: readonly string[];
  body(role: string): OutgoingBody | null;
}

const roleField = /^(role|roles|rolename|memberrole|userrole|accessrole)$/;
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

export function roleChange(
  operations: readonly Operation[],
  list: Operation,
  rows: { readonly row: JsonObject; readonly adminRow: JsonObject | null },
  roles: readonly string[],
): RoleChange | null {
  for (const operation of below(operations, list)) {
    if (!['PATCH', 'PUT', 'POST'].includes(operation.method)) continue;
    if (slotNames(operation.path).length !== slotNames(list.path).length + 1) continue;
    const field = bodyFields(operation).find(({ name }) => roleField.test(plain(name)));
    const now = roleOf(rows.row);
    if (field === undefined || now === null) continue;
    const choices = Array.isArray(field.schema['enum']) ? field.schema['enum'].map(String) : [];
    const theirs = rows.adminRow === null ? null : roleOf(rows.adminRow);
    const stronger = [theirs, 'admin', 'administrator', 'ADMIN', roles[0] ?? null].filter(
      (one): one is string => one !== null && one !== now && (choices.length === 0 || choices.includes(one)),
    );
    const many = field.schema['type'] === 'array';
    return {
      operation,
      now,
      stronger: [...new Set(stronger)],
      body: (role) =>
        encodedAs(operation, { ...requiredOf(operation, rows.row), [field.name]: many ? [role] : role }),
    };
  }
  return null;
}

/** The role that an entry of a list names. */
export const roleOf = (row: JsonObject): string | null => {
  const found = jsonScalars(row).find(({ key }) => roleField.test(plain(key)))?.value;
  return typeof found === 'string' ? found : null;
};
