import swagger from '@fastify/swagger';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { randomUUID } from 'node:crypto';
import { errorFacts } from '../logging/create-logger.ts';
import type { Services } from '../services.ts';
import { addCors } from './cors.ts';
import { crossSiteRefusal } from './csrf.ts';
import { HttpError, notFound } from './http-error.ts';
import { parseJsonBody } from './json-body.ts';
import { openApiHead } from './open-api-head.ts';
import { type Route } from './route.ts';
import { refuseUndeclared } from './refuse-undeclared.ts';
import { registerRoutes } from './register-routes.ts';
import { securityHeaders } from './security-headers.ts';
import { asHttpError } from './as-http-error.ts';

/** Largest body of a request, in bytes. */
const maxBodyBytes = 256 * 1024;

/** Builds the HTTP server with everything around the routes: headers, provenance, bodies, errors, logs and the API document. */
export const createServer = async (
  routes: readonly Route[],
  services: Services,
): Promise<FastifyInstance> => {
  const { config, log } = services;
  const app = Fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    exposeHeadRoutes: false,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      void reply.headers(securityHeaders);
      sendError(services, error, request, reply);
    },
  });
  refuseUndeclared(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/json\s*(;|$)/i,
    { parseAs: 'string' },
    async (_request: unknown, text: string | Buffer) => parseJsonBody(text.toString()),
  );
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(securityHeaders);
    const refusal = crossSiteRefusal(
      {
        method: request.method,
        origin: request.headers.origin,
        secFetchSite: single(request.headers['sec-fetch-site']),
        contentType: request.headers['content-type'],
        hasBody:
          request.headers['transfer-encoding'] !== undefined ||
          Number(request.headers['content-length'] ?? 0) > 0,
      },
      services.origin,
    );
    if (refusal !== null) {
      if (refusal.status === 403)
        log.security('request.cross-site', { request: request.id, method: request.method });
      throw refusal;
    }
  });
  // An operation without input may be called without a body.
  app.addHook('preValidation', async (request) => {
    if (request.body === undefined && request.routeOptions.schema?.body !== undefined) request.body = {};
  });
  app.addHook('onResponse', async (request, reply) => {
    log.info('request', {
      request: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    });
  });
  app.setErrorHandler((error: FastifyError, request, reply) => sendError(services, error, request, reply));
  app.setNotFoundHandler(async (request, reply) => {
    const state = await services.limiter.take([{ limit: 'address', of: request.ip }]);
    if (!state.allowed) {
      reply.header('retry-after', String(state.retrySeconds));
      throw new HttpError(
        429,
        'too_many_requests',
        `too many requests; try again in ${state.retrySeconds} s`,
      );
    }
    throw notFound();
  });
  addCors(app, config.corsOrigins);
  await app.register(swagger, { openapi: openApiHead(services.origin), transform: jsonSchemaTransform });
  await app.register(async (scope) => registerRoutes(scope, routes, services));
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=60');
    reply.type('application/json');
    return reply.serializer(JSON.stringify).send(app.swagger());
  });
  return app;
};

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join() : value;

const sendError = (
  services: Services,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void => {
  const known = asHttpError(error);
  if (known.status >= 500) {
    services.log.error('request.failed', {
      request: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      ...errorFacts(error),
    });
  }
  if (known.status === 413) reply.header('connection', 'close');
  if (known.status === 503) reply.header('retry-after', '1');
  void reply
    .code(known.status)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(known.body());
};
