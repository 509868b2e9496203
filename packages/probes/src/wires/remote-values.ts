import type { Operation, RemoteValue } from '@launch-ready/core';
import { matchPath } from '../transport/path-template.ts';
import type { PlainRequest } from './plain-request.ts';

export type RemoteValues =
  | { readonly kind: 'values'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unspeakable'; readonly because: string };

/** Reads the values of a remote call out of a request in resource style. */
export function remoteValues(
  operation: Operation,
  list: readonly RemoteValue[],
  request: PlainRequest,
): RemoteValues {
  const unspeakable = (because: string): RemoteValues => ({ kind: 'unspeakable', because });
  const rest = /^[a-z]+:\/\/[^/?#]+([^#]*)/i.exec(request.url)?.[1] ?? '/';
  const [path = '/', queryText = ''] = splitOnce(rest, '?');
  const inPath = matchPath(operation.path, path);
  if (!inPath) return unspeakable(`${operation.id} has no other path`);
  const query = new URLSearchParams(queryText);
  const asked = new Set(list.filter(({ from }) => from === 'query').map(({ key }) => key));
  const strange = [...query.keys()].find((name) => !asked.has(name));
  if (strange !== undefined) return unspeakable(`${operation.id} takes no ${strange}`);
  const body = bodyValue(request);
  if (body.kind === 'unspeakable') return unspeakable(`${operation.id} takes no body but JSON`);

  const values: Record<string, unknown> = {};
  for (const one of list.toSorted(
    (a, b) => Number(a.inside !== undefined) - Number(b.inside !== undefined),
  )) {
    const value = valueOf(one, inPath.values, query, body.value);
    if (value === undefined) continue;
    if (one.inside === undefined) values[one.name] = value;
    else {
      const around = values[one.inside];
      values[one.inside] = { ...(isRecord(around) ? around : {}), [one.name]: value };
    }
  }
  return { kind: 'values', values };
}

function valueOf(
  { from, key, as }: RemoteValue,
  inPath: Readonly<Record<string, string>>,
  query: URLSearchParams,
  body: unknown,
): unknown {
  switch (from) {
    case 'path':
      return inPath[key] === undefined ? undefined : written(inPath[key], as);
    case 'query': {
      const given = query.getAll(key);
      if (given.length === 0) return undefined;
      return as === 'list' ? given : written(given[0] ?? '', as);
    }
    case 'body':
      return isRecord(body) ? body[key] : undefined;
    case 'whole-body':
      return body;
  }
}

function written(text: string, as: RemoteValue['as']): unknown {
  switch (as) {
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'json':
      return parsedJson(text) ?? text;
    case 'text':
    case 'list':
      return text;
  }
}

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bodyValue({ body }: PlainRequest): { kind: 'json'; value: unknown } | { kind: 'unspeakable' } {
  if (body === null) return { kind: 'json', value: undefined };
  if (body.kind === 'json') return { kind: 'json', value: body.value };
  if (body.kind === 'text' && /json/i.test(body.contentType)) {
    const value = parsedJson(body.text);
    return value === undefined ? { kind: 'unspeakable' } : { kind: 'json', value };
  }
  return { kind: 'unspeakable' };
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function splitOnce(text: string, by: string): readonly string[] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
