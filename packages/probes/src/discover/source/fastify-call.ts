import { pluginFunction, registerPlugin } from './fastify-plugin.ts';
import { autoload } from './fastify-autoload.ts';
import { packageName } from './created-router.ts';
import type { Machine } from './machine.ts';
import type { Router } from './router.ts';
import { addRoute, methodsOf, procedureRouter, type RouterCall } from './add-route.ts';
import { fieldOf, flatItems, textOf, type Value } from './value.ts';

const guardHooks = ['onRequest', 'preParsing', 'preValidation', 'preHandler'] as const;

/** Understands a method called on a Fastify instance. */
export function fastifyCall(machine: Machine, call: RouterCall): Value | null {
  const { router, name, args, at } = call;
  const self: Value = { kind: 'router', router };
  const [first, second] = args;
  if (name === 'register' && first) {
    register(machine, router, first, second, call);
    return self;
  }
  if (name === 'route' && first) {
    const method = fieldOf(first, 'method');
    const methods = flatItems(method ? [method] : []).flatMap((value) => textOf(value)?.toUpperCase() ?? []);
    const url = fieldOf(first, 'url') ?? fieldOf(first, 'path');
    const handler = fieldOf(first, 'handler');
    if (methods.length === 0 || url === undefined)
      machine.problem(
        call.call.scope.module,
        call.call.node,
        'a route has a method or url that cannot be worked out',
      );
    else addRoute(machine, call, methods, url, [...hooksIn(first), ...(handler ? [handler] : [])], first);
    return self;
  }
  const hook = textOf(first);
  if (name === 'addHook' && hook !== null && second) {
    if (guardHooks.some((one) => one === hook))
      router.entries.push({ kind: 'use', path: '/', handlers: [second], at });
    return self;
  }
  if (/^decorate(Request|Reply)?$/.test(name) && hook !== null) {
    if (name === 'decorate' && second)
      router.decorations.set(
        hook,
        second.kind === 'function' && second.name === '' ? { ...second, name: hook } : second,
      );
    return self;
  }
  if ((name === 'after' || name === 'ready') && first?.kind === 'function') {
    machine.callFunction(first, []);
    return self;
  }
  if (
    /^(withTypeProvider|setValidatorCompiler|setSerializerCompiler|setErrorHandler|addSchema|after|ready)$/.test(
      name,
    )
  )
    return self;
  const methods = methodsOf(name);
  if (methods === null || first === undefined || args.length === 1) return null;
  const options = args.length > 2 || second?.kind === 'object' ? (second ?? null) : null;
  const handler = args.length > 2 ? args[2] : second?.kind === 'object' ? fieldOf(second, 'handler') : second;
  addRoute(machine, call, methods, first, [...hooksIn(options), ...(handler ? [handler] : [])], options);
  return self;
}

function hooksIn(options: Value | null): readonly Value[] {
  return flatItems(guardHooks.flatMap((name) => fieldOf(options ?? undefined, name) ?? []));
}

/** `register(plugin, { prefix })`: a context of its own, unless the plugin is wrapped so as to share its parent's. */
function register(
  machine: Machine,
  router: Router,
  plugin: Value,
  options: Value | undefined,
  call: RouterCall,
): void {
  const given =
    options?.kind === 'function' ? machine.callFunction(options, [{ kind: 'router', router }]) : options;
  const prefixValue = fieldOf(given, 'prefix');
  const prefix = prefixValue === undefined ? '' : textOf(prefixValue);
  const from = packageName(plugin);
  if (from !== null && /autoload/.test(from.module)) {
    autoload(machine, router, given, call);
    return;
  }
  const procedures =
    from !== null && /trpc/.test(from.module) && given
      ? procedureRouter({ kind: 'call', of: plugin, args: [given], at: call.at })
      : null;
  if (procedures) {
    router.entries.push({ kind: 'procedures', path: prefix ?? '/', router: procedures, at: call.at });
    return;
  }
  const { fn, shared } = pluginFunction(machine, plugin);
  if (fn === null) return;
  if (prefix === null)
    machine.problem(
      call.call.scope.module,
      call.call.node,
      'a plugin has a prefix that cannot be worked out',
    );
  registerPlugin(machine, router, { fn, shared, prefix, options: given }, call);
}
