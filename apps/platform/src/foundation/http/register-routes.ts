import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Entered } from '../database/database.ts';
import { hashSecret } from '../identity/hash-secret.ts';
import type { Draw, LimitState } from '../limits/limiter.ts';
import { isAction, mayCall, ownOnlyRoles, rolesFor } from '../policy/policy.ts';
import type { Services } from '../services.ts';
import { errorReply } from './error-reply.ts';
import { HttpError, forbidden, notFound, unauthenticated } from './http-error.ts';
import type { AccountCall, PublicCall, Route } from './route.ts';
import { drawsFor } from './route-limits.ts';
import { orgName } from '../tenancy/org-name.ts';
import { sessionSecretIn } from './session-cookie.ts';

interface Visitor {
  readonly sessionHash: string | null;
  readonly entered: Entered | null;
}

const orgParameter = z.object({ org: orgName });

/** Registers routes: guard first, then input, then the handler in its transaction, then the declared answer. */
export const registerRoutes = (app: FastifyInstance, routes: readonly Route[], services: Services): void => {
  for (const route of routes) registerRoute(app, route, services);
};

const registerRoute = (app: FastifyInstance, route: Route, services: Services): void => {
  const visitors = new WeakMap<FastifyRequest, Visitor>();
  app.route({
    method: route.method,
    url: route.path,
    schema: {
      summary: route.summary,
      tags: [route.tag],
      operationId: operationId(route),
      params: route.params,
      querystring: route.query,
      ...(route.body === undefined ? {} : { body: route.body }),
      response: {
        [route.status]: route.status === 204 ? z.null().describe('done') : route.reply,
        '4xx': errorReply,
      },
      ...openApiMarks(route),
    },
    onRequest: async (request, reply) => {
      visitors.set(request, await guard(route, services, request, reply));
    },
    handler: async (request, reply) => {
      const visitor = visitors.get(request) ?? { sessionHash: null, entered: null };
      const answer = await handle(route, services, visitor, request, reply);
      reply.code(route.status);
      return route.status === 204 ? reply.send() : answer;
    },
  });
};

/** Who asks, whether they may, and whether not too often. Refusals are counted too. */
const guard = async (
  route: Route,
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visitor> => {
  const secret = sessionSecretIn(request.headers.cookie);
  const sessionHash = secret === null ? null : hashSecret(secret);
  const entered =
    sessionHash === null || route.permission === 'public'
      ? null
      : await services.database.whoIs(sessionHash, orgOf(request));
  const draws = drawsFor(route.limit, {
    address: request.ip,
    userId: entered?.userId ?? null,
    tenantId: entered?.tenant?.id ?? null,
  });
  await takeFrom(services, request, reply, draws);
  if (route.permission === 'public') return { sessionHash, entered: null };
  if (entered === null) throw unauthenticated();
  if (isAction(route.permission)) {
    if (entered.tenant === null) throw notFound();
    if (!mayCall(entered.tenant.role, route.permission)) {
      services.log.security('request.forbidden', {
        request: request.id,
        route: route.path,
        user: entered.userId,
        tenant: entered.tenant.id,
        role: entered.tenant.role,
      });
      throw forbidden();
    }
  }
  return { sessionHash, entered };
};

const orgOf = (request: FastifyRequest): string => orgParameter.safeParse(request.params).data?.org ?? '';

const handle = async (
  route: Route,
  services: Services,
  visitor: Visitor,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> => {
  const input = { params: request.params, query: request.query, body: request.body };
  const call: PublicCall = {
    services,
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    sessionHash: visitor.sessionHash,
    setCookie: (line) => void reply.header('set-cookie', line),
    limit: (draws) => takeFrom(services, request, reply, draws),
  };
  if (route.permission === 'public') return route.run(call, input);
  const { sessionHash, entered } = visitor;
  if (sessionHash === null || entered === null) throw unauthenticated();
  const accountCall: AccountCall = { ...call, sessionHash, person: entered };
  if (route.permission === 'account') return route.run(accountCall, input);
  // Entered again inside the transaction that does the work: what was true at the guard may have ended since.
  const { permission } = route;
  const outcome = await services.database.asSession(sessionHash, orgOf(request), async (tx, person) => {
    if (person.tenant === null) throw notFound();
    if (!mayCall(person.tenant.role, permission)) throw forbidden();
    const { id: tenantId, slug, role } = person.tenant;
    return { answer: await route.run({ ...accountCall, person, tx, tenantId, slug, role }, input) };
  });
  if (outcome === null) throw unauthenticated();
  return outcome.answer;
};

const takeFrom = async (
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  draws: readonly Draw[],
): Promise<void> => {
  if (draws.length === 0) return;
  const state = await services.limiter.take(draws);
  announce(reply, state);
  if (state.allowed) return;
  services.log.security('limit.reached', { request: request.id, limit: state.limit });
  reply.header('retry-after', String(state.retrySeconds));
  throw new HttpError(429, 'too_many_requests', `too many requests; try again in ${state.retrySeconds} s`);
};

const announce = (reply: FastifyReply, state: LimitState): void => {
  reply.header('ratelimit-limit', String(state.capacity));
  reply.header('ratelimit-remaining', String(state.remaining));
  reply.header('ratelimit-reset', String(state.allowed ? state.resetSeconds : state.retrySeconds));
};

const operationId = (route: Route): string =>
  `${route.method.toLowerCase()}${route.path
    .replace(/^\/(api\/)?/, '/')
    .replace(/[/:.-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

const openApiMarks = (route: Route) => ({
  'x-permission': route.permission,
  'x-roles':
    route.permission === 'public' ? ['anonymous', ...rolesFor(route.permission)] : rolesFor(route.permission),
  'x-own-only': ownOnlyRoles(route.permission),
  'x-limit': route.limit,
  security: route.permission === 'public' ? [] : [{ session: [] }],
});
