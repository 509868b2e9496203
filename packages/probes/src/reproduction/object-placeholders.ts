import { canaryStart } from '../plant/canary.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import type { Call } from '../cross-tenant/courier.ts';
import { spokenStep } from '../wires/spoken-step.ts';
import type { SlotValues } from '../access/call-shape.ts';
import type { ScriptStep } from './object-script.ts';

/** What stands in the requests of a run, by the name of the placeholder that a script has for it. */
export interface Named {
  /** Ids of objects. */
  readonly ids: readonly (readonly [name: string, id: string])[];
  /** Canaries: `c1` is a whole one, `s1` its beginning. */
  readonly marks: readonly (readonly [name: string, mark: string])[];
}

/** Writes requests of a run with placeholders such as `{{o1}}` in place of ids and canaries. */
export class ObjectPlaceholders {
  readonly #ids: ReadonlyMap<string, string>;
  readonly #marks: ReadonlyMap<string, string>;

  constructor({ ids, marks }: Named) {
    this.#ids = new Map(ids.map(([name, id]) => [id, `{{${name}}}`] as const));
    this.#marks = new Map([
      ...marks.map(([name, mark]) => [mark, `{{${name}}}`] as const),
      // After the whole ones, which begin with them.
      ...marks
        .filter(([name]) => name.startsWith('c'))
        .map(([name, mark]) => [canaryStart(mark), `{{s${name.slice(1)}}}`] as const),
    ]);
  }

  text(text: string): string {
    let made = this.#ids.get(text) ?? text;
    // An id that is long enough to be no accident also counts inside of a longer text, such as a list of ids.
    for (const [id, placeholder] of this.#ids) if (id.length >= 6) made = made.replaceAll(id, placeholder);
    for (const [mark, placeholder] of this.#marks) made = made.replaceAll(mark, placeholder);
    return made;
  }

  step(
    as: string | null,
    call: Pick<Call, 'operation' | 'url' | 'headers' | 'body'>,
    values: SlotValues,
  ): ScriptStep {
    const filled = call.url === '' ? null : withoutOrigin(call.url).split('?');
    const path = (filled?.[0] ?? call.operation.path)
      .split('/')
      .map((segment) =>
        filled || !segment.includes('{')
          ? this.#inSegment(segment)
          : this.#inSegment(encodeURIComponent([...values.values()].at(-1) ?? '')),
      )
      .join('/');
    const query = [...new URLSearchParams(filled?.[1] ?? '')].map(
      ([name, value]) => `${name}=${this.#ids.get(value) ?? encoded(this.text(value))}`,
    );
    return spokenStep(call.operation, {
      as,
      method: call.operation.method,
      path: path + (query.length === 0 ? '' : `?${query.join('&')}`),
      headers: Object.fromEntries(call.headers.map(([name, value]) => [name, this.text(value)])),
      body: call.body === null ? null : this.#body(call.body),
    });
  }

  /** A segment that is an id of ours, or, when the id is long enough to be no accident, one that holds it. */
  #inSegment(segment: string): string {
    for (const [id, placeholder] of this.#ids) {
      const inUrl = encodeURIComponent(id);
      if (segment === inUrl) return placeholder;
      if (id.length >= 6 && segment.includes(inUrl)) return segment.replace(inUrl, placeholder);
      const [, before = '', after = ''] = spelled(inUrl).exec(segment) ?? [null];
      if (before !== '' || after !== '') return before + placeholder + after;
      const tail = /^[a-z\d]+[:._~-](\w+)$/i.exec(id)?.[1];
      const [, start, sign] = /^([a-z\d]+)([:._~-]|%3a)/i.exec(segment) ?? [];
      if (tail !== undefined && start !== undefined && segment === `${start}${sign ?? ''}${tail}`)
        return `${start}${sign ?? ''}${placeholder.replace('{{o', '{{t')}`;
    }
    return this.text(segment);
  }

  #body(body: OutgoingBody): ScriptStep['body'] {
    switch (body.kind) {
      case 'json':
        return { type: 'application/json', text: this.#inText(jsonOf(this.#inValue(body.value))) };
      case 'form':
      case 'multipart':
        return {
          type: 'application/x-www-form-urlencoded',
          text: this.#inText(new URLSearchParams(body.fields).toString()),
        };
      case 'text':
        return { type: body.contentType, text: this.#inText(body.text) };
      case 'bytes':
        return { type: body.contentType, text: this.#inText(new TextDecoder().decode(body.bytes)) };
    }
  }

  #inText(text: string): string {
    let made = text;
    for (const [mark, placeholder] of this.#marks) made = made.replaceAll(mark, placeholder);
    return made;
  }

  #inValue(value: unknown, field = ''): unknown {
    if (typeof value === 'string') return this.#ids.get(value) ?? value;
    // A number is an id only where its field says so.
    const id = typeof value === 'number' && idField.test(field) ? this.#ids.get(String(value)) : undefined;
    if (id !== undefined) return numberSign + id;
    if (Array.isArray(value)) return value.map((item) => this.#inValue(item, field));
    if (isJsonObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, this.#inValue(inner, name)]),
      );
    return value;
  }
}

const idField = /^(_?id|ids)$|(_ids?|Ids?|ID)$/;
const numberSign = 'the number ';

/** JSON in which placeholders of numbers stand without quotes. */
const jsonOf = (value: unknown): string => JSON.stringify(value).replace(/"the number (\{\{\w+\}\})"/g, '$1');

/** Path and query of an address. */
export const withoutOrigin = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/** For a query, with its placeholders left as they are. */
const encoded = (text: string): string => encodeURIComponent(text).replace(/%7B%7B(\w+)%7D%7D/g, '{{$1}}');

/** A short id in another spelling, such as `01`, `1.0`, `+1` or `1%20`. */
const spelled = (id: string): RegExp =>
  new RegExp(`^(0*|[^\\da-z]+)${id.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}((?:[^\\da-z].*|e0)?)$`, 'i');
