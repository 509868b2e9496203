import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';
import type { OutgoingBody } from '../transport/transport.ts';

/** A way to send the same fields in another form. */
interface OtherBody {
  readonly name: string;
  /** Null for bodies that cannot be said in this form. */
  readonly of: (body: OutgoingBody) => OutgoingBody | null;
}

const fieldsOf = (body: OutgoingBody): JsonObject | null =>
  body.kind === 'json' && isJsonObject(body.value) ? body.value : null;

const texts = (fields: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

const inXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const asXml = (fields: JsonObject): string =>
  `<?xml version="1.0" encoding="UTF-8"?><request>${Object.entries(texts(fields))
    .filter(([name]) => /^[A-Za-z_][\w.-]*$/.test(name))
    .map(([name, value]) => `<${name}>${inXml(value)}</${name}>`)
    .join('')}</request>`;

/** Other content types for what is sent as JSON, for guards that read one of them and handlers that read them all. */
export const otherBodies: readonly OtherBody[] = [
  {
    name: 'form body',
    of: (body) => {
      const fields = fieldsOf(body);
      return fields && { kind: 'form', fields: texts(fields) };
    },
  },
  {
    name: 'multipart body',
    of: (body) => {
      const fields = fieldsOf(body);
      return fields && { kind: 'multipart', fields: texts(fields) };
    },
  },
  {
    name: 'text body',
    of: (body) =>
      body.kind === 'json'
        ? { kind: 'text', text: JSON.stringify(body.value), contentType: 'text/plain' }
        : null,
  },
  {
    name: 'XML body',
    of: (body) => {
      const fields = fieldsOf(body);
      return fields && { kind: 'text', text: asXml(fields), contentType: 'application/xml' };
    },
  },
];
