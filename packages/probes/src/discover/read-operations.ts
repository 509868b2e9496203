import {
  httpMethods,
  type BodyShape,
  type JsonSchema,
  type Operation,
  type ResponseShape,
  type Slot,
} from '@launch-ready/core';
import { bodySlots } from './body-slots.ts';
import { declaredAuth } from './declared-auth.ts';
import { isObject, type JsonObject } from './parse-document.ts';
import { preferredType } from './preferred-type.ts';
import { createRefResolver, type RefResolver } from './resolve-refs.ts';
import { serverBase } from './server-base.ts';
import { parameterSchema, swaggerBody } from './swagger-2.ts';

export interface ReadOperations {
  readonly operations: readonly Operation[];
  readonly problems: readonly string[];
}

const bodyLimit = 1500;
const responseLimit = 400;

/** Operations of an OpenAPI 3.x (or Swagger 2.0) document. What cannot be used is named and left out. */
export function readOperations(
  document: JsonObject,
  options: {
    readonly url: string;
    readonly source: string;
    readonly scope: { readonly api: string; readonly origins: readonly string[] };
  },
): ReadOperations {
  const resolver = createRefResolver(document);
  const problems = new Set<string>();
  const operations: Operation[] = [];
  const paths = isObject(document['paths']) ? document['paths'] : {};
  for (const [rawPath, rawItem] of Object.entries(paths)) {
    const item = resolver.follow(rawItem);
    if (!rawPath.startsWith('/') || !isObject(item)) {
      if (!rawPath.startsWith('x-')) problems.add(`path ${rawPath} cannot be used`);
      continue;
    }
    for (const method of httpMethods) {
      const described = resolver.follow(item[method.toLowerCase()]);
      if (described === undefined || described === null) continue;
      if (!isObject(described)) {
        problems.add(`${method} ${rawPath} cannot be used`);
        continue;
      }
      const base = serverBase(serversOf(described, item, document), options.url, options.scope);
      if (base.problem !== null) problems.add(base.problem);
      operations.push(
        readOperation({
          method,
          path: `${base.path}${normalPath(rawPath)}`,
          origin: base.origin,
          described,
          item,
          document,
          resolver,
          source: options.source,
        }),
      );
    }
    for (const other of ['query', 'trace'])
      if (isObject(item[other])) problems.add(`${other.toUpperCase()} ${rawPath} is not tested`);
    const additional = isObject(item['additionalOperations']) ? item['additionalOperations'] : {};
    for (const other of Object.keys(additional)) problems.add(`${other} ${rawPath} is not tested`);
  }
  return { operations, problems: [...problems, ...resolver.problems].slice(0, 30) };
}

function readOperation(parts: {
  readonly method: Operation['method'];
  readonly path: string;
  readonly origin: string;
  readonly described: JsonObject;
  readonly item: JsonObject;
  readonly document: JsonObject;
  readonly resolver: RefResolver;
  readonly source: string;
}): Operation {
  const { method, path, described, document, resolver } = parts;
  const parameters = [...listOf(parts.item['parameters']), ...listOf(described['parameters'])]
    .map((parameter) => resolver.follow(parameter))
    .filter(isObject);
  const body = bodyOf(described, parameters, document, resolver);
  const slots = parameterSlots(parameters, path, resolver);
  const summary =
    text(described['summary']) ?? text(described['description']) ?? text(described['operationId']);
  const permission = text(described['x-permission']);
  const roles = listOf(described['x-roles']).filter((role) => typeof role === 'string');
  return {
    id: `${method} ${path}`,
    method,
    path,
    origin: parts.origin,
    ...(summary === undefined ? {} : { summary: summary.slice(0, 200) }),
    tags: tagsOf(described, document),
    slots: [...slots, ...bodySlots(body?.schema)],
    ...(body ? { body } : {}),
    responses: responsesOf(described, document, resolver),
    declaredAuth: declaredAuth(described['security'], document['security']),
    ...(permission === undefined ? {} : { declaredPermission: permission }),
    ...(Array.isArray(described['x-roles']) ? { declaredRoles: roles } : {}),
    sources: [`openapi: ${parts.source}`],
  };
}

function parameterSlots(
  parameters: readonly JsonObject[],
  path: string,
  resolver: RefResolver,
): readonly Slot[] {
  const slots = new Map<string, Slot>();
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  for (const name of inPath) slots.set(`path ${name}`, { in: 'path', name, required: true });
  for (const parameter of parameters) {
    const place = parameter['in'];
    const name = parameter['name'];
    if (typeof name !== 'string') continue;
    if (place === 'querystring') {
      // OpenAPI 3.2: the whole query as one value; its fields are what can be sent.
      const schema = asSchema(resolver.expand(contentSchema(parameter, resolver), 200));
      for (const slot of bodySlots(schema)) {
        const field = slot.name.slice(1);
        if (!field.includes('/')) slots.set(`query ${field}`, { ...slot, in: 'query', name: field });
      }
      continue;
    }
    if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') continue;
    if (place === 'path' && !inPath.includes(name)) continue;
    const schema = asSchema(
      resolver.expand(
        parameter['schema'] ??
          contentSchema(parameter, resolver) ??
          (parameter['type'] === undefined ? undefined : parameterSchema(parameter)),
        200,
      ),
    );
    slots.set(`${place} ${name}`, {
      in: place,
      name,
      required: place === 'path' || parameter['required'] === true,
      ...(schema ? { schema } : {}),
    });
  }
  return [...slots.values()];
}

function bodyOf(
  described: JsonObject,
  parameters: readonly JsonObject[],
  document: JsonObject,
  resolver: RefResolver,
): BodyShape | undefined {
  const requestBody = resolver.follow(described['requestBody']);
  if (isObject(requestBody)) {
    const content = isObject(requestBody['content']) ? requestBody['content'] : {};
    const contentType = preferredType(Object.keys(content));
    if (contentType === undefined) return undefined;
    const media = resolver.follow(content[contentType]);
    const schema = isObject(media) ? asSchema(resolver.expand(mediaSchema(media), bodyLimit)) : undefined;
    const example = isObject(media) ? exampleOf(media, schema, resolver) : undefined;
    return {
      contentType: contentType.split(';')[0]?.trim() ?? contentType,
      required: requestBody['required'] === true,
      ...(schema ? { schema } : {}),
      ...(example === undefined ? {} : { example }),
    };
  }
  const ownTypes = listOf(described['consumes'] ?? document['consumes']);
  return swaggerBody(
    parameters,
    ownTypes.filter((type) => typeof type === 'string'),
    (schema) => asSchema(resolver.expand(schema, bodyLimit)),
  );
}

function responsesOf(
  described: JsonObject,
  document: JsonObject,
  resolver: RefResolver,
): readonly ResponseShape[] {
  const produces = listOf(described['produces'] ?? document['produces']).filter(
    (type) => typeof type === 'string',
  );
  const responses = isObject(described['responses']) ? described['responses'] : {};
  return Object.entries(responses)
    .filter(([status]) => /^(\d{3}|[1-5]XX|default)$/i.test(status))
    .map(([status, raw]) => {
      const response = resolver.follow(raw);
      const content = isObject(response) && isObject(response['content']) ? response['content'] : {};
      const contentType = preferredType(Object.keys(content)) ?? null;
      const media = contentType === null ? undefined : resolver.follow(content[contentType]);
      const rawSchema = isObject(media)
        ? mediaSchema(media)
        : isObject(response)
          ? response['schema']
          : undefined;
      const schema = asSchema(resolver.expand(rawSchema, responseLimit));
      const type = contentType ?? (rawSchema === undefined ? null : (preferredType(produces) ?? null));
      return { status, contentType: type, ...(schema ? { schema } : {}) };
    });
}

function exampleOf(media: JsonObject, schema: JsonSchema | undefined, resolver: RefResolver): unknown {
  if (media['example'] !== undefined) return media['example'];
  const examples = isObject(media['examples']) ? Object.values(media['examples']) : [];
  for (const raw of examples) {
    const example = resolver.follow(raw);
    if (isObject(example) && example['value'] !== undefined) return example['value'];
  }
  const [first] = listOf(schema?.['examples']);
  return schema?.['example'] ?? first;
}

function serversOf(described: JsonObject, item: JsonObject, document: JsonObject): readonly unknown[] {
  for (const holder of [described, item, document]) {
    const servers = listOf(holder['servers']);
    if (servers.length > 0) return servers;
  }
  const base = text(document['basePath']);
  const host = text(document['host']);
  if (base === undefined && host === undefined) return [];
  const schemes = listOf(document['schemes']).filter((scheme) => scheme === 'http' || scheme === 'https');
  const hosts =
    host === undefined
      ? ['']
      : schemes.length > 0
        ? schemes.map((scheme) => `${scheme}://${host}`)
        : [`//${host}`];
  return hosts.map((one) => ({ url: `${one}${base ?? '/'}` }));
}

/** The schema of a media type; of a stream (OpenAPI 3.2), of the list of what it sends. */
const mediaSchema = (media: JsonObject): unknown =>
  media['schema'] ??
  (media['itemSchema'] === undefined ? undefined : { type: 'array', items: media['itemSchema'] });

/** The schema of a parameter that is written as content. */
function contentSchema(parameter: JsonObject, resolver: RefResolver): unknown {
  const [media] = isObject(parameter['content']) ? Object.values(parameter['content']) : [];
  const behind = resolver.follow(media);
  return isObject(behind) ? behind['schema'] : undefined;
}

/** Tags with the tags that they are nested in (OpenAPI 3.2). */
function tagsOf(described: JsonObject, document: JsonObject): readonly string[] {
  const parents = new Map(
    listOf(document['tags']).flatMap((tag): [string, string][] =>
      isObject(tag) && typeof tag['name'] === 'string' && typeof tag['parent'] === 'string'
        ? [[tag['name'], tag['parent']]]
        : [],
    ),
  );
  const all = new Set<string>();
  for (const tag of listOf(described['tags'])) {
    let current = typeof tag === 'string' ? tag : undefined;
    while (current !== undefined && !all.has(current)) {
      all.add(current);
      current = parents.get(current);
    }
  }
  return [...all];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const asSchema = (value: unknown): JsonSchema | undefined => (isObject(value) ? value : undefined);
const normalPath = (path: string): string =>
  (path.split('?')[0] ?? path).replace(/:([A-Za-z_]\w*)(?=\/|$)/g, '{$1}');
