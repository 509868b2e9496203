import type { JsonSchema } from '@launch-ready/core';
import { httpMethods } from '@launch-ready/core';
import { findBody } from './find-body.ts';
import { flattenRoutes, type FlatProcedures, type FlatRoute } from './flatten-routes.ts';
import type { FoundRoute } from './found-route.ts';
import type { Machine } from './machine.ts';
import { pathTemplates } from './path-template.ts';
import type { GuardWhere, Sight, SourceGuard } from './read-guards.ts';
import type { Value } from './value.ts';

/** Routes of Express, Fastify and Hono, from everything that was registered while reading. */
export function routerRoutes(
  machine: Machine,
  sight: Sight,
): { readonly routes: readonly FoundRoute[]; readonly procedures: readonly FlatProcedures[] } {
  const served = machine.routers.filter((router) => router.entries.length > 0 && router.parent === null);
  const hono = served.filter(({ framework, mounted }) => framework === 'hono' && !mounted);
  for (const router of hono)
    router.root ||=
      hono.length === 1 || /(^|\/)(index|server|app|main|worker|api)\.[cm]?[jt]sx?$/.test(router.at.file);
  const flat = served.filter(({ root, mounted }) => root || !mounted).map(flattenRoutes);
  const all = flat.flatMap(({ routes }) => routes);
  // One call that registers many paths is a helper or a table: each route then lies where its path is written.
  const pathsAt = Map.groupBy(all, ({ at }) => `${at.file}:${at.line}`);
  const routes = all.flatMap((route) => {
    if (route.path === null) return [];
    const many =
      new Set(
        pathsAt.get(`${route.at.file}:${route.at.line}`)?.map(({ path, method }) => `${method} ${path}`),
      ).size > 1;
    const { file, line } = many ? (route.pathAt ?? route.at) : route.at;
    const seen = seenOf(machine, sight, route);
    return pathTemplates(route.path).map(({ path, catchAll }): FoundRoute => ({
      method: methodOf(route.method),
      path,
      file,
      line,
      framework: route.framework,
      mounted: route.mounted,
      ...seen,
      takesId: takesId(path, seen.body),
      problems: catchAll ? ['takes any path below it'] : [],
      catchAll,
      app: route.app,
    }));
  });
  return { routes, procedures: flat.flatMap(({ procedures }) => procedures) };
}

export const methodOf = (text: string): FoundRoute['method'] =>
  httpMethods.find((method) => method === text.toUpperCase()) ?? 'ANY';

/** Whether a request names an object: in its path, or in a body field that ends in an id. */
export const takesId = (path: string, body: JsonSchema | undefined): boolean => {
  const properties = body?.['properties'];
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  return /\{/.test(path) || names.some((name) => /(^id|[a-z]Id|_id)$/.test(name));
};

function seenOf(machine: Machine, sight: Sight, route: FlatRoute) {
  const own = route.handlers.slice(0, -1);
  const last = route.handlers.slice(-1);
  const body = route.method === 'GET' ? null : findBody(machine, route.handlers, route.options);
  return { ...sightOf(sight, route.before, own, last), ...(body ? { body } : {}) };
}

/** Guards and scope of a route, from what stands before its handler and from the handler. */
export function sightOf(
  sight: Sight,
  before: readonly { readonly value: Value; readonly where: GuardWhere }[],
  own: readonly Value[],
  handler: readonly Value[],
): Pick<FoundRoute, 'guards' | 'scope'> {
  const seen = sight.handler(handler);
  const guards: SourceGuard[] = [
    ...before.flatMap(({ value, where }) => sight.guardOf(value, where) ?? []),
    ...own.flatMap((value) => sight.guardOf(value, 'route') ?? []),
    // A wrapper around the handler, such as `withAuth(handler)`.
    ...handler.flatMap((value) => (value.kind === 'call' ? (sight.guardOf(value, 'route') ?? []) : [])),
  ];
  if (seen?.refuses) guards.push({ name: 'the handler itself', where: 'handler', sure: true, scoped: false });
  for (const name of seen?.guards ?? []) guards.push({ name, where: 'handler', sure: false, scoped: false });
  const scoped = seen?.scoped === true || guards.some((guard) => guard.scoped);
  const unique = new Map(guards.map(({ name, where, sure }) => [`${name} ${where}`, { name, where, sure }]));
  return {
    guards: [...unique.values()],
    scope: scoped ? 'seen' : seen === null ? 'unreadable' : 'not-seen',
  };
}
