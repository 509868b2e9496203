import type { HttpMethod, HeaderList } from '@launch-ready/core';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import type { ChangeAttack, PreparedChange } from './change-attack.ts';

interface Bypass {
  readonly name: string;
  readonly change: (plain: PreparedChange) => PreparedChange | null;
}

const withMethod = (plain: PreparedChange, method: HttpMethod, headers: HeaderList = []): PreparedChange => ({
  ...plain,
  call: {
    ...plain.call,
    operation: { ...plain.call.operation, method },
    headers: [...plain.call.headers, ...headers],
  },
});

const withBody = (plain: PreparedChange, body: OutgoingBody | null): PreparedChange | null =>
  body && { ...plain, call: { ...plain.call, body } };

const asForm = (body: OutgoingBody | null): OutgoingBody | null =>
  body?.kind === 'json' && isJsonObject(body.value)
    ? {
        kind: 'form',
        fields: Object.fromEntries(Object.entries(body.value).map(([name, value]) => [name, String(value)])),
      }
    : null;

const asText = (body: OutgoingBody | null): OutgoingBody | null =>
  body?.kind === 'json'
    ? { kind: 'text', text: JSON.stringify(body.value), contentType: 'text/plain' }
    : null;

const bypasses: readonly Bypass[] = [
  {
    name: 'method override',
    change: (plain) => {
      const { method } = plain.call.operation;
      const url = new URL(plain.call.url);
      url.searchParams.set('_method', method);
      const made = withMethod(plain, 'POST', [
        ['x-http-method-override', method],
        ['x-method-override', method],
      ]);
      return { ...made, call: { ...made.call, url: url.href } };
    },
  },
  {
    name: 'method',
    change: (plain) => {
      const { method } = plain.call.operation;
      if (method === 'PATCH') return withMethod(plain, 'PUT');
      return method === 'PUT' ? withMethod(plain, 'PATCH') : null;
    },
  },
];

/** Tried on one kind of object, which stands for how the application takes them. */
const rarer: readonly Bypass[] = [
  { name: 'form body', change: (plain) => withBody(plain, asForm(plain.call.body)) },
  { name: 'text body', change: (plain) => withBody(plain, asText(plain.call.body)) },
  {
    name: 'trailing slash',
    change: (plain) => {
      const { origin, pathname, search } = new URL(plain.call.url);
      return { ...plain, call: { ...plain.call, url: `${origin}${pathname}/${search}` } };
    },
  },
];

/** Other spellings of a changing attack. They go into the same batch, and become trials only when one has an effect. */
export const bypassChanges = (plain: ChangeAttack, all: boolean): readonly ChangeAttack[] =>
  (all ? [...bypasses, ...rarer] : bypasses).map(({ name, change }): ChangeAttack => ({
    ...plain,
    slot: `${plain.slot}, ${name}`,
    silent: true,
    prepare: (object, view) => {
      const made = plain.prepare(object, view);
      return made && change(made);
    },
  }));
