import type { Router, RouterEntry, RouterFramework } from './router.ts';
import type { Place, Value } from './value.ts';

/** A route with everything that a request passes on the way to it. */
export interface FlatRoute {
  readonly framework: RouterFramework;
  readonly method: string;
  /** Path with `:names`, or null when a part of it is not known. */
  readonly path: string | null;
  /** What stands before it: of its routers, and of itself. The last is the handler. */
  readonly before: readonly { readonly value: Value; readonly where: 'router' | 'global' }[];
  readonly handlers: readonly Value[];
  readonly options: Value | null;
  readonly at: Place;
  readonly pathAt: Place | null;
  readonly mounted: boolean;
  /** The application or router that it was reached from. */
  readonly app: string;
}
export interface FlatProcedures {
  readonly path: string;
  readonly router: Value;
  readonly before: FlatRoute['before'];
  readonly at: Place;
}

interface Use {
  readonly path: string;
  readonly value: Value;
  readonly where: 'router' | 'global';
  /** Whether only this very path passes it, and nothing below. */
  readonly exact: boolean;
  readonly methods: readonly string[] | null;
}

export const joinPath = (...parts: readonly string[]): string =>
  `/${parts.join('/')}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');

/** All routes of an application, or of a router that nothing was seen to mount. */
export function flattenRoutes(router: Router): {
  readonly routes: readonly FlatRoute[];
  readonly procedures: readonly FlatProcedures[];
} {
  const routes: FlatRoute[] = [];
  const procedures: FlatProcedures[] = [];
  const mounted = router.root || router.mounted;
  const visit = (
    at: Router,
    prefix: string | null,
    inherited: readonly Use[],
    path: readonly Router[],
  ): void => {
    if (path.includes(at)) return;
    const where = path.length === 0 ? 'global' : 'router';
    const uses = [...inherited];
    const add = (entry: Extract<RouterEntry, { kind: 'use' }>): void => {
      for (const value of entry.handlers)
        uses.push({
          path: joinPath(prefix ?? '', entry.path ?? ''),
          value,
          where,
          methods: entry.methods ?? null,
          exact: at.framework === 'hono' && !(entry.path ?? '').includes('*'),
        });
    };
    // Hooks of a Fastify context hold for all of its routes; elsewhere only what comes later passes them.
    if (at.framework === 'fastify') for (const entry of at.entries) if (entry.kind === 'use') add(entry);
    for (const entry of at.entries) {
      if (entry.kind === 'use') {
        if (at.framework !== 'fastify') add(entry);
      } else if (entry.kind === 'mount') {
        const full = prefix === null || entry.path === null ? null : joinPath(prefix, entry.path);
        visit(entry.child, full, uses, [...path, at]);
      } else if (entry.kind === 'procedures') {
        if (prefix === null) continue;
        const full = joinPath(prefix, entry.path);
        procedures.push({ path: full, router: entry.router, before: passing(uses, full), at: entry.at });
      } else {
        const full = prefix === null || entry.path === null ? null : joinPath(prefix, entry.path);
        for (const method of entry.methods)
          routes.push({
            framework: at.framework,
            method,
            path: full,
            before: (full === null ? uses : passing(uses, full)).filter(
              (use) => use.methods === null || use.methods.includes(method) || use.methods.includes('ANY'),
            ),
            handlers: entry.handlers,
            options: entry.options,
            at: entry.at,
            pathAt: entry.pathAt,
            mounted,
            app: `${router.at.file}:${router.at.line}`,
          });
      }
    }
  };
  visit(router, '', [], []);
  return { routes, procedures };
}

/** What a request to a path passes: middleware whose path it starts with. */
const passing = (uses: readonly Use[], path: string): readonly Use[] =>
  uses.filter(
    (use) =>
      covers(use.path, path) &&
      (!use.exact || use.path.split('/').length === path.split('/').length || use.path === path),
  );

function covers(pattern: string, path: string): boolean {
  const parts = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  for (const [index, part] of parts.entries()) {
    if (part === '*' || part.startsWith('*') || part === '(.*)') return true;
    const have = given[index];
    if (have === undefined) return false;
    if (!part.startsWith(':') && !have.startsWith(':') && part !== have) return false;
    if (part.startsWith(':') !== have.startsWith(':') && !part.startsWith(':')) return false;
  }
  return true;
}
