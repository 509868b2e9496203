import { basename, dirname, relative, sep } from 'node:path';
import { findBody } from './find-body.ts';
import type { FoundRoute } from './found-route.ts';
import type { Machine } from './machine.ts';
import { methodOf, sightOf, takesId } from './router-routes.ts';
import type { GuardWhere, Sight } from './read-guards.ts';
import type { SourceModule } from './source-module.ts';
import { fieldOf, flatItems, textOf, type Value } from './value.ts';
import { walkNodes } from './walk-nodes.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const routeFile = /(^|[\\/])app[\\/](.*[\\/])?route\.[cm]?[jt]sx?$/;
const pageFile = /(^|[\\/])pages[\\/]api[\\/].*\.[cm]?[jt]sx?$/;
const middlewareFile = /^(middleware|proxy)\.[cm]?[jt]s$/;

/** Routes that Next.js takes from names of files: `app/.../route.ts` and `pages/api/...`. */
export function nextRoutes(machine: Machine, sight: Sight): readonly FoundRoute[] {
  const { code, root } = machine.files;
  const inside = (file: string): string => relative(root, file);
  const handlers = code.filter((file) => routeFile.test(inside(file)) || pageFile.test(inside(file)));
  if (handlers.length === 0) return [];
  const middlewares = code
    .filter((file) => middlewareFile.test(basename(file)))
    .flatMap((file) => middlewareOf(machine, file));
  return handlers.flatMap((file) => {
    const module = machine.load(file);
    if (module === null) return [];
    machine.runModule(module);
    const name = inside(file);
    const inApp = routeFile.test(name);
    const { paths, catchAll } = nextPaths(name, inApp);
    const before = (path: string) =>
      middlewares
        .filter((one) => file.startsWith(one.base) && one.covers(path))
        .map(({ value }) => ({ value, where: 'global' as GuardWhere }));
    return (inApp ? appHandlers(machine, module) : pageHandlers(machine, module)).flatMap(
      ({ method, value, line }) =>
        paths.map((path): FoundRoute => {
          const body = method === 'GET' ? null : findBody(machine, [value], null);
          return {
            method: methodOf(method),
            path,
            file: machine.nameOf(file),
            line,
            framework: 'next',
            mounted: true,
            ...sightOf(sight, before(path), [], [value]),
            takesId: takesId(path, body ?? undefined),
            ...(body ? { body } : {}),
            problems: catchAll ? ['takes any path below it'] : [],
            catchAll,
            app: name.slice(0, name.search(/(app|pages)[\\/]/)),
          };
        }),
    );
  });
}

interface Handler {
  readonly method: string;
  readonly value: Value;
  readonly line: number;
}

function appHandlers(machine: Machine, module: SourceModule): readonly Handler[] {
  return methods.flatMap((method) => {
    if (!module.exports.has(method)) return [];
    const value = machine.exportOf(module, method);
    const line = value.kind === 'function' && value.scope.module === module ? module.lineOf(value.node) : 1;
    return [{ method, value, line }];
  });
}

/** The default export of an API page serves every method; those that it compares with are named. */
function pageHandlers(machine: Machine, module: SourceModule): readonly Handler[] {
  const value = machine.exportOf(module, 'default');
  const named = new Set<string>();
  walkNodes(module.program, (node) => {
    if (node.type === 'BinaryExpression' || node.type === 'SwitchStatement') {
      const text = module.textOf(node).slice(0, node.type === 'SwitchStatement' ? 20_000 : 120);
      if (!/\bmethod\b/.test(text)) return;
      for (const [, method = ''] of text.matchAll(/['"](GET|HEAD|POST|PUT|PATCH|DELETE)['"]/g))
        named.add(method);
    }
  });
  const line = value.kind === 'function' ? module.lineOf(value.node) : 1;
  return [...(named.size === 0 ? ['ANY'] : named)].map((method) => ({ method, value, line }));
}

/** `app/(shop)/orders/[id]/route.ts` is `/orders/{id}`. */
function nextPaths(
  file: string,
  inApp: boolean,
): { readonly paths: readonly string[]; readonly catchAll: boolean } {
  const parts = file.split(sep);
  const start = inApp ? parts.lastIndexOf('app') : parts.lastIndexOf('pages');
  const last = basename(file).replace(/\.[^.]+$/, '');
  const segments = [...parts.slice(start + 1, -1), ...(inApp || last === 'index' ? [] : [last])];
  const seen = segments.filter((segment) => !/^\(.*\)$/.test(segment) && !segment.startsWith('@'));
  const optional = /^\[\[\.\.\.(.+)\]\]$/.exec(seen.at(-1) ?? '');
  const template = (list: readonly string[]): string =>
    `/${list
      .map((segment) => segment.replace(/^\[\[?(?:\.\.\.)?([^\]]+)\]\]?$/, '{$1}').replace(/^%5F/i, '_'))
      .join('/')}`;
  const catchAll = seen.some((segment) => segment.includes('[...'));
  return { paths: optional ? [template(seen.slice(0, -1)), template(seen)] : [template(seen)], catchAll };
}

interface Middleware {
  /** Folder of the application that it stands before. */
  readonly base: string;
  readonly value: Value;
  readonly covers: (path: string) => boolean;
}

function middlewareOf(machine: Machine, file: string): readonly Middleware[] {
  const module = machine.load(file);
  if (module === null) return [];
  machine.runModule(module);
  const named = ['default', 'middleware', 'proxy'].find((name) => module.exports.has(name));
  if (named === undefined) return [];
  const value = machine.exportOf(module, named);
  const config = module.exports.has('config') ? machine.exportOf(module, 'config') : undefined;
  const matcher = fieldOf(config, 'matcher');
  const patterns = (matcher ? flatItems([matcher]) : []).flatMap(
    (one) => textOf(one) ?? textOf(fieldOf(one, 'source')) ?? [],
  );
  const tests = patterns.flatMap((pattern) => matcherPattern(pattern) ?? []);
  const base = dirname(file).replace(/[\\/]src$/, '');
  return [{ base, value, covers: (path) => matcher === undefined || tests.some((test) => test.test(path)) }];
}

/** A pattern of a matcher, such as `/api/:path*`, as an expression; null when it is none. */
function matcherPattern(pattern: string): RegExp | null {
  const text = pattern
    .replace(/\/:\w+\*/g, '(?:/.*)?')
    .replace(/\/:\w+\+/g, '/.+')
    .replace(/:\w+/g, '[^/]+');
  try {
    return new RegExp(`^${text}/?$`);
  } catch {
    return null;
  }
}
