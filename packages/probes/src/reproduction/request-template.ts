import type { HeaderList, HttpMethod, Operation } from '@launch-ready/core';
import { encodeBody } from '../transport/encode-body.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import { callAt } from '../wires/known-calls.ts';
import { spoken } from '../wires/spoken.ts';

/** A request of a script. Placeholders such as `{id}` stand for what the script knows only when it runs. */
export interface RequestTemplate {
  readonly method: string;
  /** Path with query; a whole URL when it lies on another origin than the script's own. */
  readonly place: string;
  readonly headers: HeaderList;
  readonly type: string | null;
  readonly body: readonly BodyPart[] | null;
}

/** Text, or a long run of one character. */
export type BodyPart = string | { readonly repeat: string; readonly times: number };

export interface RequestToShow {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers?: HeaderList | undefined;
  readonly body?: OutgoingBody | null | undefined;
  /** Says how the request is spoken when it is not plain HTTP and the address alone does not tell. */
  readonly operation?: Operation | undefined;
}

/** Added by the script itself, or left to the reader's own session. */
const leftOut = /^(origin|sec-fetch-.*|referer|cookie|authorization|x-csrf.*|x-xsrf.*)$/i;

/**
 * A request without credentials, in which each of these values is written as the placeholder of its name.
 * @param values known values by the name of their placeholder; longer ones are replaced first
 */
export function requestTemplate(
  shown: RequestToShow,
  origin: string,
  values: Readonly<Record<string, string>> = {},
): RequestTemplate {
  const asked = { ...shown, headers: shown.headers ?? [], body: shown.body ?? null };
  const said = spoken(shown.operation ?? callAt(shown.method, shown.url), asked);
  const request = said.kind === 'spoken' ? said.request : asked;
  const url = new URL(request.url);
  const replace = (text: string, written: (value: string) => string): string =>
    Object.entries(values)
      .filter(([, value]) => value !== '')
      .toSorted(([, a], [, b]) => b.length - a.length)
      .reduce((made, [name, value]) => made.replace(whole(written(value)), `{${name}}`), text);
  const inUrl = (text: string): string => replace(replace(text, encodeURIComponent), (value) => value);
  const place = inUrl(url.pathname + url.search);
  const encoded = request.body ? encodeBody(request.body, 'launch-ready') : null;
  const text = encoded === null ? '' : new TextDecoder().decode(encoded.bytes);
  const type = encoded?.contentType ?? null;
  const inBody = (value: string): string =>
    type?.includes('json')
      ? JSON.stringify(value).slice(1, -1)
      : type?.includes('urlencoded')
        ? new URLSearchParams({ v: value }).toString().slice(2)
        : value;
  return {
    method: request.method,
    place: url.origin === origin ? place : url.origin + place,
    headers: request.headers
      .filter(([name]) => !leftOut.test(name))
      .map(([name, value]): [string, string] => [name, replace(value, (one) => one)]),
    type,
    body: encoded === null ? null : bodyParts(replace(text, inBody)),
  };
}

/** A value wherever it stands; a short one, such as a number, only where it stands by itself. */
function whole(value: string): RegExp {
  const literal = value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return value.length < 8 ? new RegExp(`(?<![\\w-])${literal}(?![\\w-])`, 'g') : new RegExp(literal, 'g');
}

/** Long runs of one character are written as a count. */
function bodyParts(text: string): readonly BodyPart[] {
  const list: BodyPart[] = [];
  let start = 0;
  for (const match of text.matchAll(/(.)\1{499,}/gs)) {
    list.push(text.slice(start, match.index), { repeat: match[1] ?? '', times: match[0].length });
    start = match.index + match[0].length;
  }
  list.push(text.slice(start));
  return list.filter((part) => part !== '');
}
