import type { Machine } from './machine.ts';
import { newRouter, type RouterFramework } from './router.ts';
import { packageOf, type Place, type Value } from './value.ts';

/** The package and the name in it that a callee is, such as `express` and `Router`. */
export function packageName(callee: Value): { readonly module: string; readonly name: string } | null {
  if (callee.kind === 'package') return callee;
  if (callee.kind === 'member' && callee.of.kind === 'package')
    return { module: callee.of.module, name: callee.name };
  return null;
}

const isHono = (module: string): boolean => /^(npm:|jsr:)?@?hono(\/|$)/.test(module);

/** The router, or the plain value, that a call into a known framework gives; null for every other call. */
export function createdBy(machine: Machine, callee: Value, args: readonly Value[], at: Place): Value | null {
  const make = (framework: RouterFramework, root: boolean): Value => {
    const router = newRouter(framework, at, { root });
    machine.routers.push(router);
    return { kind: 'router', router };
  };
  const from = packageName(callee);
  if (from === null) {
    if (callee.kind === 'member' && isHono(packageOf(callee)?.module ?? '')) {
      if (callee.name === 'createApp') return make('hono', false);
      if (callee.name === 'createHandlers') return { kind: 'list', items: [...args] };
      if (callee.name === 'createMiddleware') return args[0] ?? null;
    }
    return null;
  }
  const { module, name } = from;
  const whole = name === 'default' || name === '*';
  if (module === 'express' || module === 'ultimate-express') {
    if (whole || name === 'express') return make('express', true);
    if (name === 'Router') return make('express', false);
  }
  if ((module === 'express-promise-router' || module === 'router') && (whole || name === 'Router'))
    return make('express', false);
  if (module === 'fastify' && (whole || /^fastify$/i.test(name))) return make('fastify', true);
  if (isHono(module)) {
    if (name === 'Hono' || name === 'OpenAPIHono') return make('hono', false);
    if (name === 'createRoute' || name === 'createMiddleware') return args[0] ?? null;
    if (name === 'createApp') return make('hono', false);
  }
  return null;
}
