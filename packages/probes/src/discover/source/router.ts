import type { Place, Value } from './value.ts';

export type RouterFramework = 'express' | 'fastify' | 'hono';

/** What was done to a router, in the order in which it was read. */
export type RouterEntry =
  | {
      readonly kind: 'route';
      readonly methods: readonly string[];
      /** Null when it could not be worked out. */
      readonly path: string | null;
      /** What stands before the handler, and the handler as the last. */
      readonly handlers: readonly Value[];
      /** Options of the route, where the framework has some: schema, hooks. */
      readonly options: Value | null;
      readonly at: Place;
      readonly pathAt: Place | null;
    }
  | {
      readonly kind: 'use';
      readonly path: string | null;
      /** Methods it stands before; all when absent. */
      readonly methods?: readonly string[];
      readonly handlers: readonly Value[];
      readonly at: Place;
    }
  | { readonly kind: 'mount'; readonly path: string | null; readonly child: Router; readonly at: Place }
  | { readonly kind: 'procedures'; readonly path: string; readonly router: Value; readonly at: Place };

/** An application, router or plugin context that takes routes. */
export interface Router {
  readonly framework: RouterFramework;
  readonly at: Place;
  readonly entries: RouterEntry[];
  /** Things hung on a Fastify instance by `decorate`, also seen by its children. */
  readonly decorations: Map<string, Value>;
  readonly parent: Router | null;
  /** Whether it is an application of its own, or was seen to be given to a server. */
  root: boolean;
  mounted: boolean;
}

export const newRouter = (
  framework: RouterFramework,
  at: Place,
  options: { readonly root?: boolean; readonly parent?: Router } = {},
): Router => ({
  framework,
  at,
  entries: [],
  decorations: new Map(),
  parent: options.parent ?? null,
  root: options.root ?? false,
  mounted: options.parent !== undefined,
});
