import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { EvidenceMap, Operation, Slot } from '@launch-ready/core';
import type { Target } from '../../target/target.ts';
import { defineProbe } from '../../probe.ts';
import { fromDocument } from '../operation-source.ts';
import type { FoundRoute } from './found-route.ts';
import { joinedSchemas } from './joined-schemas.ts';
import { readSourceRoutes, type ReadSource } from './read-source-routes.ts';

type SourceTarget = Pick<Target, 'source' | 'api'> & Partial<Pick<Target, 'tenantIds'>>;

const read = new WeakMap<SourceTarget, ReadSource>();

/** The routes of the target's source folder; read once for each target. Null when the target file names none. */
function routesOf(target: SourceTarget): ReadSource | null {
  if (typeof target.source !== 'string') return null;
  const before = read.get(target) ?? readSourceRoutes(target.source);
  read.set(target, before);
  return before;
}

/**
 * Operations for the routes that the source shows and that were seen to be served at a known path. A repository may hold several
 * applications: where documents are known, only those that serve a documented route count.
 */
export function sourceOperations(target: SourceTarget, known: readonly Operation[]): readonly Operation[] {
  const all = routesOf(target)?.routes ?? [];
  const documented = new Set(known.filter(({ sources }) => sources.some(fromDocument)).map(keyOf));
  const described = new Set(all.filter((route) => documented.has(keyOf(route))).map(({ app }) => app));
  const found = described.size === 0 ? all : all.filter(({ app }) => described.has(app));
  // What stands before a handler on the same path often reads the same body.
  const bodies = Map.groupBy(found, keyOf);
  const bodyOf = (route: FoundRoute): FoundRoute['body'] => {
    const known = (bodies.get(keyOf(route)) ?? []).flatMap(({ body }) => (body ? [body] : []));
    const [first, ...more] = known;
    return first && more.reduce(joinedSchemas, first);
  };
  return found.flatMap((route): readonly Operation[] => {
    const { method, path, catchAll, mounted, file, line, procedure } = route;
    const body = bodyOf(route);
    if (procedure) return [];
    if (method === 'ANY' || method === 'HEAD' || method === 'OPTIONS' || catchAll || !mounted) return [];
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const properties = body?.['properties'];
    const required = Array.isArray(body?.['required']) ? body['required'] : [];
    const fields = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
    const slots: readonly Slot[] = [
      ...names.map((name) => ({ in: 'path', name, required: true }) as const),
      ...tenantHeaders(target, file).map((name) => ({ in: 'header', name, required: true }) as const),
      ...fields.map((name) => ({ in: 'body', name: `/${name}`, required: required.includes(name) }) as const),
    ];
    return [
      {
        id: `${method} ${path}`,
        method,
        path,
        origin: new URL(target.api).origin,
        tags: [],
        slots,
        ...(body && Object.keys(body).length > 0
          ? { body: { contentType: 'application/json', required: true, schema: body } }
          : {}),
        responses: [],
        declaredAuth: 'unstated',
        sources: [`source: ${file}:${line}`],
      },
    ];
  });
}

/** Headers that name tenants by the target file, and that the file of a route reads. */
function tenantHeaders({ source, tenantIds = {} }: SourceTarget, file: string): readonly string[] {
  const headers = new Set(
    Object.values(tenantIds).flatMap((ids) => Object.keys(ids).filter((name) => name.includes('-'))),
  );
  if (headers.size === 0 || typeof source !== 'string') return [];
  const text = readFileSync(join(source, file), 'utf8').toLowerCase();
  return [...headers].filter(
    (name) => text.includes(`'${name.toLowerCase()}'`) || text.includes(`"${name.toLowerCase()}"`),
  );
}

/** Procedures of tRPC that the source shows at a known place. */
export const sourceProcedures = (target: SourceTarget): readonly NonNullable<FoundRoute['procedure']>[] =>
  (routesOf(target)?.routes ?? []).flatMap(({ procedure, mounted }) =>
    procedure && mounted ? [procedure] : [],
  );

/** Method and path, whatever the slots are called. */
const keyOf = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${path.replace(/\{[^}]+\}/g, '{}').replace(/(.)\/$/, '$1')}`;

const isCallOf = (
  wire: Operation['wire'],
  { endpoint, path }: NonNullable<FoundRoute['procedure']>,
): boolean =>
  wire?.kind === 'trpc' && wire.procedure === path && wire.endpoint.replace(/\/$/, '') === endpoint;

/** Compares the routes of the source with the operations that documents describe. */
function compare(
  routes: readonly FoundRoute[],
  operations: readonly Operation[],
): EvidenceMap['sourceRoutes']['routes'] {
  const known = new Map(operations.map((operation) => [keyOf(operation), operation]));
  const documented = operations.some(({ sources }) => sources.some(fromDocument));
  return routes.map((found) => {
    const { catchAll, app, procedure, ...route } = found;
    void [catchAll, app];
    const called = procedure && operations.find(({ wire }) => isCallOf(wire, procedure));
    const operation = route.mounted ? (called ?? known.get(keyOf(route))) : undefined;
    return {
      ...route,
      operation: operation?.id ?? null,
      inDocument: documented ? (operation?.sources.some(fromDocument) ?? false) : null,
    };
  });
}

/** Routes as the source code shows them, with the guards and scopes that can be seen in it. */
export const sourceRoutes = defineProbe({
  id: 'discover/source/source-routes',
  title: 'reading routes from the source',
  provides: 'sourceRoutes',
  needs: [],
  leastMode: 'observe',
  estimate: () => 0,
  run: async ({ target, operations }) => {
    const found = routesOf(target);
    if (found === null || typeof target.source !== 'string')
      return { status: 'missing', because: 'the target file names no source folder' };
    return {
      status: 'gathered',
      data: {
        folder: relative(target.folder, target.source) || basename(target.source),
        files: found.files,
        routes: compare(found.routes, operations),
        problems: found.problems,
      },
    };
  },
});
