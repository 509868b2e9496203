import { packageName } from './created-router.ts';
import type { Machine } from './machine.ts';
import { newRouter, type Router } from './router.ts';
import type { RouterCall } from './add-route.ts';
import type { FunctionValue, Value } from './value.ts';

/** Reads a plugin in the context it would be given. */
export function registerPlugin(
  machine: Machine,
  router: Router,
  plugin: {
    readonly fn: FunctionValue;
    readonly shared: boolean;
    readonly prefix: string | null;
    readonly options: Value | undefined;
  },
  { at }: Pick<RouterCall, 'at'>,
): void {
  const child = plugin.shared ? router : newRouter('fastify', at, { parent: router });
  if (!plugin.shared) router.entries.push({ kind: 'mount', path: plugin.prefix, child, at });
  machine.callFunction(plugin.fn, [
    { kind: 'router', router: child },
    ...(plugin.options ? [plugin.options] : []),
  ]);
}

/** The function of a plugin, and whether it is wrapped by `fastify-plugin`. */
export function pluginFunction(
  machine: Machine,
  plugin: Value,
): { readonly fn: FunctionValue | null; readonly shared: boolean } {
  let at = plugin.kind === 'module' ? machine.memberOf(plugin, 'default') : plugin;
  let shared = false;
  if (at.kind === 'call' && packageName(at.of)?.module === 'fastify-plugin') {
    shared = true;
    at = at.args[0] ?? at;
  }
  return { fn: at.kind === 'function' ? at : null, shared };
}
