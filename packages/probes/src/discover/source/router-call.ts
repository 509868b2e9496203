import type { Call } from './call-value.ts';
import { fastifyCall } from './fastify-call.ts';
import { honoCall } from './hono-call.ts';
import type { Machine } from './machine.ts';
import type { Router, RouterEntry } from './router.ts';
import { fieldOf, flatItems, textOf, type Place, type Value } from './value.ts';

export interface RouterCall {
  readonly router: Router;
  readonly name: string;
  readonly args: readonly Value[];
  readonly at: Place;
  readonly call: Call;
}

export const routeMethods: ReadonlySet<string> = new Set([
  'get',
  'head',
  'options',
  'post',
  'put',
  'patch',
  'delete',
]);
/** The methods a call such as `app.get` or `app.all` serves, or null when it is no such call. */
export const methodsOf = (name: string): readonly string[] | null =>
  routeMethods.has(name)
    ? [name.toUpperCase()]
    : name === 'del'
      ? ['DELETE']
      : name === 'all'
        ? ['ANY']
        : null;

export const placeOfText = (value: Value | undefined): Place | null =>
  value?.kind === 'literal' ? value.at : null;

/** Understands a method called on a router; null when the call means nothing to it. */
export function routerCall(machine: Machine, call: RouterCall): Value | null {
  const { router, name } = call;
  if (name === '[]')
    machine.problem(
      call.call.scope.module,
      call.call.node,
      'a route is registered by a computed method and is not followed',
    );
  if (name === 'listen' || name === 'fire') router.mounted = true;
  if (router.framework === 'fastify') return fastifyCall(machine, call);
  if (router.framework === 'hono') return honoCall(machine, call);
  return expressCall(machine, call);
}

function expressCall(machine: Machine, call: RouterCall): Value | null {
  const { router, name, args, at } = call;
  const self: Value = { kind: 'router', router };
  const [first] = args;
  if (name === 'route' && first) return { kind: 'chain', router, path: first };
  if (name === 'use') {
    addUses(machine, call);
    return self;
  }
  const methods = methodsOf(name);
  if (methods === null || first === undefined) return null;
  // `app.get('name')` reads a setting.
  if (args.length === 1) return null;
  addRoute(machine, call, methods, first, args.slice(1));
  return self;
}

/** Keeps a route under each of its paths. */
export function addRoute(
  machine: Machine,
  { router, at, call }: Pick<RouterCall, 'router' | 'at' | 'call'>,
  methods: readonly string[],
  path: Value,
  handlers: readonly Value[],
  options: Value | null = null,
): void {
  for (const one of path.kind === 'list' ? path.items : [path]) {
    const text = textOf(one);
    if (text === null)
      machine.problem(call.scope.module, call.node, 'a route has a path that cannot be worked out');
    router.entries.push({
      kind: 'route',
      methods,
      path: text,
      handlers: flatItems(handlers),
      options,
      at,
      pathAt: placeOfText(one),
    });
  }
}

/** `use(path?, ...middleware and routers)`. */
export function addUses(machine: Machine, { router, args, at, call }: RouterCall): void {
  const [first, ...rest] = args;
  if (first === undefined) return;
  const texts = (first.kind === 'list' ? first.items : [first]).map((item) => textOf(item));
  const hasPath = texts.length > 0 && texts.every((text) => text !== null);
  const hidden = first.kind === 'unknown' && rest.some((value) => value.kind === 'router');
  const paths: readonly (string | null)[] = hasPath
    ? texts
    : hidden
      ? [null]
      : [router.framework === 'hono' ? '*' : '/'];
  if (hidden)
    machine.problem(call.scope.module, call.node, 'a router is mounted at a path that cannot be worked out');
  const values = flatItems(hasPath || hidden ? rest : args);
  for (const path of paths) {
    for (const value of values) {
      const child = value.kind === 'router' ? value.router : null;
      if (child) {
        child.mounted = true;
        router.entries.push({ kind: 'mount', path, child, at });
      } else {
        const procedures = procedureRouter(value);
        if (procedures)
          router.entries.push({ kind: 'procedures', path: path ?? '/', router: procedures, at });
        else if (path !== null) router.entries.push({ kind: 'use', path, handlers: [value], at });
      }
    }
  }
}

/** The `router` in the options of a call that serves procedures, such as `createExpressMiddleware({ router })`. */
export function procedureRouter(value: Value): Value | null {
  if (value.kind !== 'call') return null;
  for (const arg of value.args) {
    const router = fieldOf(arg, 'router') ?? fieldOf(fieldOf(arg, 'trpcOptions'), 'router');
    if (router?.kind === 'call') return router;
  }
  return null;
}

/** `app.route('/path').get(...).post(...)`. */
export function chainCall(
  chain: Extract<Value, { kind: 'chain' }>,
  name: string,
  args: readonly Value[],
  at: Place,
): Value {
  const methods = methodsOf(name);
  const path = textOf(chain.path);
  if (methods === null || path === null) return chain;
  const handlers = flatItems(args);
  const entry: RouterEntry = {
    kind: 'route',
    methods,
    path,
    handlers,
    options: null,
    at,
    pathAt: null,
  };
  // `all` before the methods is what every request to the path passes through.
  chain.router.entries.push(name === 'all' ? { kind: 'use', path, handlers, at } : entry);
  return chain;
}
