import { findBody } from './find-body.ts';
import type { FlatProcedures } from './flatten-routes.ts';
import type { FoundRoute } from './found-route.ts';
import { schemaOf } from './body-schema.ts';
import type { Machine } from './machine.ts';
import { sightOf, takesId } from './router-routes.ts';
import type { Sight } from './read-guards.ts';
import { fieldOf, packageOf, textOf, type Place, type Value } from './value.ts';

/** Procedures of tRPC routers, at the paths at which their HTTP adapters serve them. */
export function procedureRoutes(
  machine: Machine,
  sight: Sight,
  mounts: readonly FlatProcedures[],
): readonly FoundRoute[] {
  // What is mounted at a path was seen to be made as well, without the path.
  const made = machine.served
    .flatMap(({ value, at }) => servedBy(value, at))
    .filter(({ router, path }) => path !== '/' || !mounts.some((mount) => mount.router === router));
  const served = [...mounts, ...made];
  return served.flatMap(({ path, router, before }) =>
    proceduresIn(router, []).map((procedure): FoundRoute => {
      const { middleware, input, resolver, method } = procedure;
      const body = input ? schemaOf(input) : findBody(machine, [], null);
      const at = procedure.at;
      const call = method === 'GET' ? 'query' : 'mutation';
      const route = `${path === '/' ? '' : path}/${procedure.path.join('.')}`;
      return {
        method,
        path: route,
        file: at.file,
        line: at.line,
        framework: 'trpc',
        mounted: true,
        ...sightOf(sight, before, middleware, resolver ? [resolver] : []),
        takesId: takesId('', body ?? undefined),
        ...(body && method === 'POST' ? { body } : {}),
        problems: [],
        catchAll: false,
        app: 'trpc',
        procedure: {
          path: procedure.path.join('.'),
          call,
          // Without any input the schema is known too: nothing.
          input: input ? (body ?? undefined) : { type: 'object', properties: {} },
          endpoint: path === '/' ? '' : path,
          transformer: procedure.transformer,
        },
      };
    }),
  );
}

/** `fetchRequestHandler({ endpoint, router })` and the adapters of pages and plain servers. */
function servedBy(value: Value, at: Place): readonly FlatProcedures[] {
  if (value.kind !== 'call' || !(packageOf(value)?.module ?? '').startsWith('@trpc/server')) return [];
  const [options] = value.args;
  const router = fieldOf(options, 'router');
  if (!router) return [];
  const inPages = /pages\/api\/(.*)\/\[[^\]]+\]\.[jt]sx?$/.exec(at.file)?.[1];
  const path = textOf(fieldOf(options, 'endpoint')) ?? (inPages === undefined ? '/' : `/api/${inPages}`);
  return [{ path, router, before: [], at }];
}

interface Procedure {
  readonly path: readonly string[];
  readonly method: 'GET' | 'POST';
  readonly middleware: readonly Value[];
  readonly input: Value | undefined;
  readonly resolver: Value | undefined;
  readonly transformer: 'none' | 'superjson';
  readonly at: Place;
}

/** Procedures of a router and of the routers in it. */
function proceduresIn(value: Value, path: readonly string[]): readonly Procedure[] {
  if (path.length > 8) return [];
  if (value.kind === 'object')
    return [...value.fields].flatMap(([name, field]) => proceduresIn(field, [...path, name]));
  if (value.kind !== 'call') return [];
  const name = value.of.kind === 'member' || value.of.kind === 'package' ? value.of.name : '';
  if (name === 'router' || name === 'createTRPCRouter')
    return value.args[0]?.kind === 'object' ? proceduresIn(value.args[0], path) : [];
  if (name === 'mergeRouters') return value.args.flatMap((arg) => proceduresIn(arg, path));
  if (name !== 'query' && name !== 'mutation') return [];
  const middleware: Value[] = [];
  let input: Value | undefined;
  let transformer: Procedure['transformer'] = 'none';
  for (let at: Value = value; at.kind === 'call' || at.kind === 'member'; at = at.of) {
    if (at.kind !== 'call' || at.of.kind !== 'member') continue;
    if (at.of.name === 'use') middleware.unshift(...at.args);
    if (at.of.name === 'input') input ??= at.args[0];
    // `initTRPC.create({ transformer })` is where every procedure begins; superjson is the one that people take.
    if (at.of.name === 'create' && fieldOf(at.args[0], 'transformer')) transformer = 'superjson';
  }
  return [
    {
      path,
      method: name === 'query' ? 'GET' : 'POST',
      middleware: middleware.flatMap((one) =>
        one.kind === 'call' && one.of.kind === 'member' && one.of.name === 'middleware' ? one.args : [one],
      ),
      input,
      resolver: value.args[0],
      transformer,
      at: value.at,
    },
  ];
}
