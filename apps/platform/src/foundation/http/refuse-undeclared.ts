import type { FastifyInstance } from 'fastify';
import { RouteError } from './route.ts';

/**
 * Makes the server refuse every route of the API that did not come through `route()`, so that none can be slipped past the policy
 * by registering it with the framework itself.
 */
export const refuseUndeclared = (app: FastifyInstance): void => {
  app.addHook('onRoute', ({ url, method, schema }) => {
    if (!url.startsWith('/api/') || (schema !== undefined && 'x-permission' in schema)) return;
    throw new RouteError(`${String(method)} ${url}: is not declared by route()`);
  });
};
