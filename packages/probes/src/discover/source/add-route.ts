import type { Call } from './call.ts';
import type { Machine } from './machine.ts';
import type { Router } from './router.ts';
import { fieldOf, flatItems, textOf, type Place, type Value } from './value.ts';

export interface RouterCall {
  readonly router: Router;
  readonly name: string;
  readonly args: readonly Value[];
  readonly at: Place;
  readonly call: Call;
}

const routeMethods: ReadonlySet<string> = new Set([
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

const placeOfText = (value: Value | undefined): Place | null => (value?.kind === 'literal' ? value.at : null);

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
