import { dirname, relative, sep } from 'node:path';
import type { Machine } from './machine.ts';
import { newRouter, type Router } from './router.ts';
import type { RouterCall } from './add-route.ts';
import { pluginFunction, registerPlugin } from './fastify-plugin.ts';
import { fieldOf, textOf, type Value } from './value.ts';

/** `@fastify/autoload`: every file of a folder is a plugin, with the folders below as its prefix. */
export function autoload(
  machine: Machine,
  router: Router,
  options: Value | undefined,
  call: RouterCall,
): void {
  const folder = textOf(fieldOf(options, 'dir'));
  if (folder === null) {
    machine.problem(call.call.scope.module, call.call.node, 'a folder of plugins cannot be worked out');
    return;
  }
  const given = fieldOf(options, 'options');
  const prefix = textOf(fieldOf(given, 'prefix')) ?? '';
  const byFolder = fieldOf(options, 'dirNameRoutePrefix');
  const named = byFolder?.kind !== 'literal' || byFolder.value !== false;
  const inside = machine.files.code.filter((file) => file.startsWith(`${folder}${sep}`));
  const isIndex = (file: string): boolean => /[\\/]index\.[cm]?[jt]s$/.test(file);
  const withIndex = new Set(inside.filter(isIndex).map((file) => dirname(file)));
  const hooks = isTrue(fieldOf(options, 'autoHooks'))
    ? inside.filter((file) => /autohooks\.[cm]?[jt]s$/.test(file))
    : [];
  const cascades = isTrue(fieldOf(options, 'cascadeHooks'));
  for (const file of inside) {
    if (/autohooks\.[cm]?[jt]s$/.test(file)) continue;
    // A folder with an index is one plugin.
    if (withIndex.has(dirname(file)) && !isIndex(file)) continue;
    const module = machine.load(file);
    if (module === null) continue;
    machine.runModule(module);
    const { fn, shared } = pluginFunction(machine, machine.exportOf(module, 'default'));
    if (fn === null) continue;
    const own = textOf(machine.exportOf(module, 'autoPrefix'));
    const folders = relative(folder, dirname(file)).split(sep).filter(Boolean);
    const path = named ? folders.map((name) => `/${name.replace(/^_(?=.)/, ':')}`).join('') : '';
    const context = hooked(
      machine,
      router,
      hooks.filter((hook) => holdsFor(dirname(hook), dirname(file), cascades)),
      call,
    );
    registerPlugin(machine, context, { fn, shared, prefix: `${prefix}${own ?? path}`, options: given }, call);
  }
}

const isTrue = (value: Value | undefined): boolean => value?.kind === 'literal' && value.value === true;

/** Hooks of a folder hold for its plugins, and for the folders below when they cascade. */
const holdsFor = (hooks: string, folder: string, cascades: boolean): boolean =>
  hooks === folder || (cascades && folder.startsWith(`${hooks}${sep}`));

/** A context in which the hooks of these files were added. */
function hooked(machine: Machine, router: Router, hooks: readonly string[], call: RouterCall): Router {
  if (hooks.length === 0) return router;
  const child = newRouter('fastify', call.at, { parent: router });
  router.entries.push({ kind: 'mount', path: '', child, at: call.at });
  for (const file of hooks) {
    const module = machine.load(file);
    const plugin = module ? pluginFunction(machine, machine.exportOf(module, 'default')) : null;
    if (plugin?.fn)
      registerPlugin(machine, child, { fn: plugin.fn, shared: true, prefix: '', options: undefined }, call);
  }
  return child;
}
