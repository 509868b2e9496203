import { existsSync, statSync } from 'node:fs';
import { createBodySight } from './body-sight.ts';
import { chooseModules } from './choose-modules.ts';
import type { FoundRoute } from './found-route.ts';
import { importResolver } from './resolve-import.ts';
import { createMachine } from './create-machine.ts';
import { nestRoutes } from './nest-routes.ts';
import { nextRoutes } from './next-routes.ts';
import { procedureRoutes } from './procedure-routes.ts';
import { readOrphans } from './orphan-functions.ts';
import { createSight } from './read-guards.ts';
import { routerRoutes } from './router-routes.ts';
import { sourceFiles } from './source-files.ts';

export interface ReadSource {
  readonly files: number;
  readonly routes: readonly FoundRoute[];
  readonly problems: readonly string[];
}

/**
 * Reads the routes of a repository from its source. The code is parsed and followed, never run.
 *
 * @param root absolute path of the repository, or of the part of it that is the application
 */
export function readSourceRoutes(root: string): ReadSource {
  if (!existsSync(root) || !statSync(root).isDirectory())
    return { files: 0, routes: [], problems: ['the folder does not exist'] };
  const files = sourceFiles(root);
  const resolve = importResolver(files);
  const machine = createMachine(files, resolve);
  const modules = chooseModules(files.code, resolve).flatMap((file) => machine.load(file) ?? []);
  for (const module of modules) machine.runModule(module);
  readOrphans(machine, modules);
  const sight = createSight(machine, createBodySight(machine));
  const found = routerRoutes(machine, sight);
  const procedures = procedureRoutes(machine, sight, found.procedures);
  const places = new Set(procedures.map(({ path }) => path.replace(/\/[^/]*$/, '')));
  const servesProcedures = (path: string): boolean =>
    /\/\{\w+\}$/.test(path) && places.has(path.replace(/\/\{\w+\}$/, ''));
  const routes = [
    ...found.routes,
    ...nextRoutes(machine, sight).filter(({ path }) => !servesProcedures(path)),
    ...procedures,
    ...nestRoutes(machine, sight, modules),
  ];
  if (machine.left < 0) machine.problems.add('the code is too large to be followed to its end');
  return { files: files.code.length, routes: distinct(routes), problems: [...machine.problems] };
}

/** The same route twice from the same line is one. */
function distinct(routes: readonly FoundRoute[]): readonly FoundRoute[] {
  const known = new Map<string, FoundRoute>();
  for (const route of routes) {
    const key = `${route.method} ${route.path} ${route.file}:${route.line}`;
    const before = known.get(key);
    if (!before || (route.mounted && !before.mounted)) known.set(key, route);
  }
  return [...known.values()];
}
