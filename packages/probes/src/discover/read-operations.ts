import { httpMethods, type Operation } from '@launch-ready/core';
import { bodySlots } from './body-slots.ts';
import { declaredAuth } from './declared-auth.ts';
import { bodyOf, responsesOf } from './described-media.ts';
import { serversOf } from './described-servers.ts';
import { parameterSlots } from './parameter-slots.ts';
import { isObject, listOf, type JsonObject } from './parse-document.ts';
import { createRefResolver, type RefResolver } from './resolve-refs.ts';
import { serverBase } from './server-base.ts';

export interface ReadOperations {
  readonly operations: readonly Operation[];
  readonly problems: readonly string[];
}

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

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const normalPath = (path: string): string =>
  (path.split('?')[0] ?? path).replace(/:([A-Za-z_]\w*)(?=\/|$)/g, '{$1}');
