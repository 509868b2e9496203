import type { HeaderList, Operation, Slot } from '@launch-ready/core';
import { fillPath } from '../transport/path-template.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import { numberValue, plainText } from '../plant/field-value.ts';
import { flatSchema } from '../plant/flat-schema.ts';
import { isFile } from '../plant/file-value.ts';
import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';
import type { BoundSlot, Referent } from './resource-graph.ts';

/** Values of slots by what they take. */
export type SlotValues = ReadonlyMap<Referent, string>;

export type FilledCall =
  | {
      readonly kind: 'filled';
      readonly url: string;
      readonly headers: HeaderList;
      readonly slots: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'unfilled'; readonly slot: string };

const pageSize = /^(limit|per_?page|page_?size|take|first|size|count)$/i;
const ownHeaders =
  /^(authorization|cookie|accept|content-type|content-length|host|origin|user-agent|x-csrf|x-xsrf)/i;

/**
 * Fills path, query and headers of an operation. Optional query slots stay empty but for a large page size; `extra` adds
 * or replaces single slots by `query:name` or `header:name`.
 */
export function fillCall(
  operation: Operation,
  bound: readonly BoundSlot[],
  values: SlotValues,
  extra: Readonly<Record<string, string>> = {},
): FilledCall {
  const slots: Record<string, string> = {};
  for (const slot of bound.filter((one) => one.in === 'path')) {
    const value = values.get(slot.referent);
    if (value === undefined) return { kind: 'unfilled', slot: slot.name };
    slots[slot.name] = value;
  }
  const path = fillPath(operation.path, slots);
  if (path === null) return { kind: 'unfilled', slot: operation.path };
  const query = new URLSearchParams();
  const headers: (readonly [string, string])[] = [];
  for (const slot of operation.slots) {
    if (slot.in !== 'query' && slot.in !== 'header') continue;
    if (slot.in === 'header' && ownHeaders.test(slot.name)) continue;
    const given = extra[`${slot.in}:${slot.name}`] ?? valueOf(slot, bound, values);
    if (given === null) {
      if (slot.required) return { kind: 'unfilled', slot: `${slot.in} ${slot.name}` };
      continue;
    }
    if (slot.in === 'query') query.set(slot.name, given);
    else headers.push([slot.name.toLowerCase(), given]);
  }
  const text = query.toString();
  const url = operation.origin + path + (text === '' ? '' : `${path.includes('?') ? '&' : '?'}${text}`);
  return {
    kind: 'filled',
    url,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    slots,
  };
}

function valueOf(slot: Slot, bound: readonly BoundSlot[], values: SlotValues): string | null {
  const schema = flatSchema(slot.schema ?? {});
  if (slot.in === 'query' && pageSize.test(slot.name)) {
    return String(Math.min(100, typeof schema.maximum === 'number' ? schema.maximum : 100));
  }
  if (!slot.required) return null;
  const referent = bound.find((one) => one.in === slot.in && one.name === slot.name)?.referent;
  const known = referent === undefined ? undefined : values.get(referent);
  if (known !== undefined) return known;
  const given = schema.example ?? schema.default ?? (Array.isArray(schema.enum) ? schema.enum[0] : undefined);
  if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean')
    return String(given);
  if (schema.type === 'integer' || schema.type === 'number') return String(numberValue(schema));
  if (schema.type === 'boolean') return 'false';
  return plainText(schema);
}

/** A body in the form that the operation takes; null when that form cannot carry it. */
export function encodedAs(operation: Operation, value: unknown): OutgoingBody | null {
  const type = operation.body?.contentType ?? 'application/json';
  const hasFiles = isJsonObject(value) && Object.values(value).some(isFile);
  if (hasFiles && (/multipart\/form-data/i.test(type) || /json/i.test(type) || type === '*/*'))
    return withFiles(value);
  if (isFile(value))
    return { kind: 'bytes', bytes: value.bytes, contentType: concrete(type, value.contentType) };
  if (typeof value === 'string' && !/json|form/i.test(type))
    return { kind: 'text', text: value, contentType: concrete(type, 'text/plain') };
  if (/json/i.test(type) || type === '*/*') return { kind: 'json', value };
  if (!isJsonObject(value)) return null;
  const fields = Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, typeof one === 'string' ? one : JSON.stringify(one)]),
  );
  if (/x-www-form-urlencoded/i.test(type)) return { kind: 'form', fields };
  if (/multipart\/form-data/i.test(type)) return { kind: 'multipart', fields };
  return null;
}

const concrete = (type: string, otherwise: string): string => (type.includes('*') ? otherwise : type);

/** A form with files in it (RFC 7578). Canaries cannot hold the boundary. */
function withFiles(value: JsonObject): OutgoingBody {
  const boundary = 'launch-ready-part-4d7f0c';
  const quoted = (text: string): string => text.replace(/["\r\n]/g, encodeURIComponent);
  const parts = Object.entries(value).flatMap(([name, one]): readonly Uint8Array[] => {
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"`;
    if (isFile(one)) {
      const about = `; filename="${quoted(one.name)}"\r\ncontent-type: ${one.contentType}`;
      return [Buffer.from(`${head}${about}\r\n\r\n`), one.bytes, Buffer.from('\r\n')];
    }
    return [Buffer.from(`${head}\r\n\r\n${typeof one === 'string' ? one : JSON.stringify(one)}\r\n`)];
  });
  return {
    kind: 'bytes',
    bytes: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}
