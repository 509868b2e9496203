import type { Operation } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { jsonScalars, type JsonObject } from '../plant/json-scalars.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import { below } from './account-desk.ts';
import { bodyFields, lastLiteral } from './operation-words.ts';
import { slotNames } from './tenant-call.ts';

/** A change that takes the access of an account away, and the one that gives it back. */
export interface DisableChange {
  /** Its word may mean something between two users: then only a login that is refused shows that it disables. */
  readonly isVague: boolean;
  readonly off: { readonly operation: Operation; readonly body: OutgoingBody | null };
  readonly on: { readonly operation: Operation; readonly body: OutgoingBody | null };
}

const offWord = /^(disable|suspend|deactivate)$/;
const onWord = /^(enable|activate|reactivate|unsuspend|resume|restore|reinstate)$/;
const vagueOff = /^(block|ban|lock)$/;
const vagueOn = /^(unblock|unban|unlock)$/;
const vagueField = /^(is)?(blocked|banned|locked)$/;
const offField = /^(is)?(disabled|suspended|deactivated)$/;
const onField = /^(is)?(active|enabled)$/;
const offValue = /^(disabled|suspended|inactive|deactivated)$/i;
const vagueValue = /^(blocked|banned|locked)$/i;
const onValue = /^(active|enabled|activated)$/i;
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/**
 * The operation below a list of people that disables one of them, with its way back; null when there is none. Words such as
 * block and ban come last, since they often mean something between two users.
 */
export function disableChange(
  operations: readonly Operation[],
  list: Operation,
  row: JsonObject,
): DisableChange | null {
  const single = below(operations, list).filter(
    ({ path }) => slotNames(path).length === slotNames(list.path).length + 1,
  );
  const action = (word: RegExp): Operation | undefined =>
    single.find(
      ({ method, path }) => method !== 'DELETE' && !path.endsWith('}') && word.test(lastLiteral(path)),
    );
  const byWord = (isVague: boolean): DisableChange | null => {
    const [off, on] = isVague ? [action(vagueOff), action(vagueOn)] : [action(offWord), action(onWord)];
    if (off === undefined || on === undefined) return null;
    return {
      isVague,
      off: { operation: off, body: emptyFor(off) },
      on: { operation: on, body: emptyFor(on) },
    };
  };
  const plainly = byWord(false);
  if (plainly !== null) return plainly;
  const vague: DisableChange[] = [];
  for (const operation of single.filter(
    ({ method }) => method === 'PATCH' || method === 'PUT' || method === 'POST',
  )) {
    const fields = bodyFields(operation);
    for (const { name, schema } of fields) {
      const values = valuesOf(plain(name), schema, row);
      if (values === null) continue;
      const body = (value: unknown): OutgoingBody | null =>
        encodedAs(operation, { ...requiredOf(operation, row), [name]: value });
      const change = {
        isVague: values.isVague,
        off: { operation, body: body(values.off) },
        on: { operation, body: body(values.on) },
      };
      if (!values.isVague) return change;
      vague.push(change);
    }
  }
  return byWord(true) ?? vague[0] ?? null;
}

function valuesOf(
  name: string,
  schema: Readonly<Record<string, unknown>>,
  row: JsonObject,
): { readonly off: unknown; readonly on: unknown; readonly isVague: boolean } | null {
  if (offField.test(name)) return { off: true, on: false, isVague: false };
  if (vagueField.test(name)) return { off: true, on: false, isVague: true };
  if (onField.test(name)) return { off: false, on: true, isVague: false };
  if (name !== 'status' && name !== 'state' && name !== 'accountstatus') return null;
  const choices = Array.isArray(schema['enum']) ? schema['enum'].map(String) : [];
  const now = jsonScalars(row).find(({ key }) => plain(key) === name)?.value;
  const certain = choices.find((one) => offValue.test(one));
  const off = certain ?? choices.find((one) => vagueValue.test(one));
  const on = choices.find((one) => one === now) ?? choices.find((one) => onValue.test(one));
  return off === undefined || on === undefined || on === off
    ? null
    : { off, on, isVague: certain === undefined };
}

/** What else a full replacement must carry, as the list showed it. */
export function requiredOf(operation: Operation, row: JsonObject): JsonObject {
  const known = new Map(jsonScalars(row).map(({ key, value }) => [key, value]));
  return Object.fromEntries(
    bodyFields(operation)
      .filter(({ name, required }) => required && known.has(name))
      .map(({ name }) => [name, known.get(name)]),
  );
}

const emptyFor = (operation: Operation): OutgoingBody | null =>
  operation.body?.required === true ? { kind: 'json', value: {} } : null;
