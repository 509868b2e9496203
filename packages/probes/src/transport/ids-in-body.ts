import type { OutgoingBody } from './transport.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const objectId = /^[0-9a-f]{24}$/i;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;
const idField = /(^|[a-z\d_-])(id|ids|uuid|guid|key|slug|ref)$|(Id|Ids|ID|IDs|Uuid|Ref)$/;
const longToken = /^(?=.*\d)(?=.*[a-z])[\w-]{16,}$/i;

/** Values in a body or query that can name an object: UUIDs, ObjectIds and ULIDs anywhere, long ids in fields named so. */
export function idsInBody(body: OutgoingBody | undefined, everyIdField: boolean): readonly string[] {
  if (!body) return [];
  if (body.kind === 'json') return idsInValue(body.value, '', everyIdField);
  if (body.kind === 'form' || body.kind === 'multipart') return idsInValue(body.fields, '', everyIdField);
  if (body.kind === 'text') return idsInText(body.text, everyIdField);
  return idsInText(new TextDecoder().decode(body.bytes.subarray(0, 1024 * 1024)), everyIdField);
}

/** Values of a query that can name an object. */
export function idsInQuery(path: string, everyIdField: boolean): readonly string[] {
  const start = path.indexOf('?');
  if (start < 0) return [];
  return [...new URLSearchParams(path.slice(start + 1))].flatMap(([name, value]) =>
    idsInValue(value, name, everyIdField),
  );
}

function idsInText(text: string, everyIdField: boolean): readonly string[] {
  try {
    return idsInValue(JSON.parse(text), '', everyIdField);
  } catch {
    return text.match(uuid) ?? [];
  }
}

function idsInValue(value: unknown, field: string, everyIdField: boolean): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => idsInValue(item, field, everyIdField));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => idsInValue(inner, name, everyIdField));
  }
  if (typeof value === 'number') return everyIdField && idField.test(field) ? [String(value)] : [];
  if (typeof value !== 'string') return [];
  if (objectId.test(value) || ulid.test(value)) return [value];
  if (idField.test(field) && (everyIdField || longToken.test(value)) && value !== '') return [value];
  return value.match(uuid) ?? [];
}
