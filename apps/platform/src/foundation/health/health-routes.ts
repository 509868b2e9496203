import * as z from 'zod';
import { HttpError } from '../http/http-error.ts';
import { type Route, nothing, route } from '../http/route.ts';

/** Whether this process should get requests. */
export interface Readiness {
  /** A word for what is missing, or null when nothing is. */
  readonly missing: () => Promise<string | null>;
}

const health = z.object({ status: z.literal('ok') });

/** For whoever decides whether this process lives, gets requests, and for people who ask from outside. */
export const healthRoutes = (readiness: Readiness): readonly Route[] => {
  const common = {
    method: 'GET',
    permission: 'public',
    limit: 'none',
    tag: 'health',
    params: nothing,
    query: nothing,
    status: 200,
    reply: health,
  } as const;
  const ready = async () => {
    const missing = await readiness.missing();
    if (missing !== null) throw new HttpError(503, 'not_ready', `not ready: ${missing}`);
    return { status: 'ok' as const };
  };
  return [
    route({
      ...common,
      path: '/livez',
      summary: 'The process runs',
      handle: async () => ({ status: 'ok' as const }),
    }),
    route({ ...common, path: '/readyz', summary: 'The process and what it needs are ready', handle: ready }),
    route({ ...common, path: '/healthz', summary: 'The platform works', handle: ready }),
  ];
};
