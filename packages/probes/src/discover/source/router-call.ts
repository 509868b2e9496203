import { addRoute, addUses, methodsOf, type RouterCall } from './add-route.ts';
import { fastifyCall } from './fastify-call.ts';
import { honoCall } from './hono-call.ts';
import type { Machine } from './machine.ts';
import type { RouterEntry } from './router.ts';
import { flatItems, textOf, type Place, type Value } from './value.ts';

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
  const { router, name, args } = call;
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
