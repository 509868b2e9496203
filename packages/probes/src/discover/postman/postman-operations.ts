import { httpMethods, type BodyShape, type Operation, type Slot } from '@launch-ready/core';
import { bodySlots } from '../body-slots.ts';
import { isIdShaped } from '../har/id-shape.ts';
import { observedSchema } from '../har/observed-schema.ts';
import { serverBase } from '../server-base.ts';
import type { PostmanCall, PostmanCollection, PostmanField, PostmanUrl } from './postman-file.ts';

interface Scope {
  readonly api: string;
  readonly origins: readonly string[];
}

const usualHeader =
  /^(accept|authorization|content-|cookie|host|user-agent|cache-control|connection|origin|referer|postman-token|x-csrf|x-xsrf|x-api-key|x-requested-with)|token|secret|api-?key/i;

/** Operations of a Postman collection. What cannot be used is named and left out. */
export function postmanOperations(
  collection: PostmanCollection,
  options: { readonly source: string; readonly scope: Scope },
): { readonly operations: readonly Operation[]; readonly problems: readonly string[] } {
  const problems = new Set(collection.problems);
  const operations = collection.calls.flatMap((call): Operation[] => {
    const method = httpMethods.find((one) => one === call.request.method.toUpperCase());
    if (method === undefined) {
      problems.add(`${call.request.method} of ${call.name} is not tested`);
      return [];
    }
    const place = placeOf(call.request.url, collection.variables, options.scope);
    if (place.problem !== null) problems.add(place.problem);
    const body = bodyOf(call, collection.variables);
    const path = `/${place.segments.join('/')}`;
    const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((match): Slot => ({
      in: 'path',
      name: match[1] ?? '',
      required: true,
    }));
    const query = place.query.map(({ key }): Slot => ({
      in: 'query',
      name: key,
      required: false,
      schema: { type: 'string' },
    }));
    const headers = fieldsOf(call.request.header)
      .filter(({ key }) => key !== '' && !usualHeader.test(key))
      .map(({ key }): Slot => ({ in: 'header', name: key, required: false, schema: { type: 'string' } }));
    return [
      {
        id: `${method} ${path}`,
        method,
        path,
        origin: place.origin,
        ...(call.name === '' ? {} : { summary: call.name.slice(0, 200) }),
        tags: [...call.folders],
        slots: [...unique([...inPath, ...query, ...headers]), ...bodySlots(body?.schema)],
        ...(body ? { body } : {}),
        responses: call.responses.map(({ status, body: answer }) => {
          const value = parsedJson(answer);
          return { status: String(status), contentType: value === undefined ? null : 'application/json' };
        }),
        // `noauth` is how a collection is often left; only a scheme says something.
        declaredAuth: call.auth !== null && call.auth !== 'noauth' ? 'required' : 'unstated',
        sources: [options.source],
      },
    ];
  });
  return { operations, problems: [...problems].slice(0, 30) };
}

interface Place {
  readonly origin: string;
  readonly segments: readonly string[];
  readonly query: readonly PostmanField[];
  readonly problem: string | null;
}

const whole = /^(?:\{\{\s*([^{}]+?)\s*\}\}|:([A-Za-z_][\w-]*))$/;

function placeOf(url: PostmanUrl, variables: ReadonlyMap<string, string>, scope: Scope): Place {
  const raw = typeof url === 'string' ? url : (url.raw ?? rebuilt(url));
  const [address = '', search = ''] = raw.split('#')[0]?.split(/\?(.*)/s) ?? [];
  const queryFields: readonly PostmanField[] =
    typeof url === 'string' || (url.query ?? []).length === 0
      ? [...new URLSearchParams(search).keys()].map((key) => ({ key }))
      : (url.query ?? []);
  const query = queryFields.filter(({ key, disabled }) => key !== '' && disabled !== true);
  // A variable at the front is the address of the server, known or not.
  const front = /^\{\{\s*([^{}]+?)\s*\}\}/.exec(address);
  const served = front ? resolved(front[1] ?? '', variables) : null;
  const start = front ? (served ?? '') + address.slice(front[0].length) : resolvedIn(address, variables);
  const server = /^(?:(https?:)?\/\/)?([^/]*)(\/.*)?$/i.exec(start);
  const hasHost =
    /^https?:\/\//i.test(start) ||
    (front === null && !start.startsWith('/')) ||
    (served !== null && !served.startsWith('/'));
  const host = hasHost ? (server?.[2] ?? '') : '';
  const rest = hasHost ? (server?.[3] ?? '') : start;
  const base =
    host === '' || host.includes('{{')
      ? { origin: scope.api, path: '', problem: null }
      : serverBase(
          [{ url: `${/^https:/i.test(start) ? 'https:' : 'http:'}//${host}` }, { url: `https://${host}` }],
          scope.api,
          scope,
        );
  const segments = rest
    .split('/')
    .filter((part) => part !== '')
    .map((part) => segmentOf(part, variables));
  return { origin: base.origin, segments: numbered(segments), query, problem: base.problem };
}

/** A path segment as a template writes it. */
function segmentOf(part: string, variables: ReadonlyMap<string, string>): string {
  const match = whole.exec(part);
  if (!match)
    return isIdShaped(part) && !/^v\d+$/.test(part)
      ? '{id}'
      : resolvedIn(part, variables).replaceAll(/[{}]/g, '');
  const name = (match[1] ?? match[2] ?? 'id').replace(/[^\w-]/g, '');
  const value = match[1] === undefined ? null : resolved(match[1], variables);
  // A prefix of the API is often a variable too: `{{version}}` with `v1`.
  return value !== null && /^(v\d+|api|rest)$/i.test(value) ? value : `{${name}}`;
}

function numbered(segments: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return segments.map((segment) => {
    if (!segment.startsWith('{')) return segment;
    const count = (seen.get(segment) ?? 0) + 1;
    seen.set(segment, count);
    return count === 1 ? segment : `${segment.slice(0, -1)}${count}}`;
  });
}

const resolved = (name: string, variables: ReadonlyMap<string, string>): string | null => {
  let value = variables.get(name) ?? null;
  for (let depth = 0; value !== null && depth < 5 && value.includes('{{'); depth += 1)
    value = resolvedIn(value, variables);
  return value === '' ? null : value;
};
const resolvedIn = (text: string, variables: ReadonlyMap<string, string>): string =>
  text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (all, name: string) => variables.get(name) ?? all);

function rebuilt(url: Exclude<PostmanUrl, string>): string {
  const host = Array.isArray(url.host) ? url.host.join('.') : (url.host ?? '');
  const path = Array.isArray(url.path) ? url.path.join('/') : (url.path ?? '').replace(/^\//, '');
  const port = url.port === undefined || url.port === null || url.port === '' ? '' : `:${url.port}`;
  const protocol = host.startsWith('{{') ? '' : `${url.protocol ?? 'http'}://`;
  return `${host === '' ? '' : `${protocol}${host}${port}`}/${path}`;
}

function bodyOf({ request }: PostmanCall, variables: ReadonlyMap<string, string>): BodyShape | undefined {
  const { body } = request;
  if (!body) return undefined;
  if (body.mode === 'urlencoded' || body.mode === 'formdata') {
    const form = (body.mode === 'urlencoded' ? body.urlencoded : body.formdata) ?? [];
    const used = form.filter(({ key, disabled }) => key !== '' && disabled !== true);
    if (used.length === 0) return undefined;
    const properties = Object.fromEntries(
      used.map(({ key, type, value }) => [
        key,
        type === 'file'
          ? { type: 'string', format: 'binary', 'x-observed': true }
          : observedSchema([plain(value)], key),
      ]),
    );
    return {
      contentType: body.mode === 'urlencoded' ? 'application/x-www-form-urlencoded' : 'multipart/form-data',
      required: true,
      schema: { type: 'object', properties, required: used.map(({ key }) => key) },
    };
  }
  if (body.mode !== 'raw' || body.raw === undefined || body.raw.trim() === '') return undefined;
  const said = fieldsOf(request.header).find(({ key }) => key.toLowerCase() === 'content-type')?.value;
  const language = body.options?.raw?.language;
  const value = parsedJson(body.raw) ?? parsedJson(withoutVariables(body.raw, variables));
  const contentType =
    typeof said === 'string'
      ? (said.split(';')[0] ?? said).trim()
      : language === 'json' || value !== undefined
        ? 'application/json'
        : 'text/plain';
  return {
    contentType,
    required: true,
    ...(value === undefined ? {} : { schema: observedSchema([plain(value)]) }),
  };
}

/** JSON in which bare variables stand as numbers or texts would. */
const withoutVariables = (raw: string, variables: ReadonlyMap<string, string>): string =>
  raw
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/([:[,]\s*)\{\{\s*([^{}]+?)\s*\}\}/g, (_all, before: string, name: string) => {
      const value = variables.get(name) ?? '';
      return `${before}${/^(-?\d+(\.\d+)?|true|false|null)$/.test(value) ? value : JSON.stringify(`{{${name}}}`)}`;
    });

/** Values that are only variables say nothing but that a text goes there. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return /\{\{[^}]*\}\}/.test(value) ? '' : value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

const fieldsOf = (header: PostmanCall['request']['header']): readonly PostmanField[] =>
  typeof header === 'string'
    ? header.split('\n').flatMap((line) => {
        const [key = '', ...value] = line.split(':');
        return key.trim() === '' ? [] : [{ key: key.trim(), value: value.join(':').trim() }];
      })
    : (header ?? []).filter(({ disabled }) => disabled !== true);

const unique = (slots: readonly Slot[]): readonly Slot[] =>
  slots.filter(
    (slot, index) => slots.findIndex((other) => other.in === slot.in && other.name === slot.name) === index,
  );

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
