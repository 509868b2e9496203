import type { Machine } from './machine.ts';
import { newRouter } from './router.ts';
import { addRoute, addUses, methodsOf, type RouterCall } from './add-route.ts';
import { fieldOf, flatItems, literalValue, textOf, type Value } from './value.ts';

/** Understands a method called on a Hono application. */
export function honoCall(machine: Machine, call: RouterCall): Value | null {
  const { router, name, args, at } = call;
  const self: Value = { kind: 'router', router };
  const [first, second] = args;
  if (name === 'basePath' && first) {
    const child = newRouter('hono', at, { parent: router });
    router.entries.push({ kind: 'mount', path: textOf(first), child, at });
    return { kind: 'router', router: child };
  }
  if (name === 'route' && first && second) {
    if (second.kind !== 'router') {
      machine.problem(call.call.scope.module, call.call.node, 'a router is mounted that cannot be followed');
      return self;
    }
    second.router.mounted = true;
    router.entries.push({ kind: 'mount', path: textOf(first), child: second.router, at });
    return self;
  }
  if (name === 'use') {
    addUses(machine, call);
    return self;
  }
  if (name === 'on' && first && second) {
    const methods = flatItems([first]).flatMap((value) => textOf(value)?.toUpperCase() ?? []);
    addRoute(machine, call, methods, second, args.slice(2));
    return self;
  }
  if (name === 'openapi' && first) {
    const method = textOf(fieldOf(first, 'method'));
    const path = fieldOf(first, 'path');
    const before = fieldOf(first, 'middleware');
    if (method === null || path === undefined)
      machine.problem(
        call.call.scope.module,
        call.call.node,
        'a route has a method or path that cannot be worked out',
      );
    else
      addRoute(
        machine,
        call,
        [method.toUpperCase()],
        // `/users/{id}` of the document is `/users/:id` of the router.
        textOf(path) === null ? path : literalValue((textOf(path) ?? '').replace(/\{(\w+)\}/g, ':$1'), at),
        [...(before ? [before] : []), ...args.slice(1)],
        first,
      );
    return self;
  }
  if (/^(onError|notFound|doc|doc31|mount|showRoutes)$/.test(name)) return self;
  const methods = methodsOf(name);
  if (methods === null || first === undefined) return null;
  const hasPath = textOf(first) !== null || first.kind === 'list';
  const handlers = hasPath ? args.slice(1) : args;
  const path = hasPath ? textOf(first) : '/';
  // `app.put('/users/*', adminOnly)`: what takes `next` answers nothing by itself.
  const passesOn = handlers.every((value) => value.kind === 'function' && value.node.params.length > 1);
  if (passesOn && path !== null) {
    router.entries.push({ kind: 'use', path, methods, handlers, at });
    return self;
  }
  addRoute(machine, call, methods, hasPath ? first : literalValue('/'), handlers);
  return self;
}
