import type { FastifyInstance } from 'fastify';

/**
 * Lets pages of listed origins read answers without credentials to safe requests. Nothing is listed by default; then
 * browsers keep answers to pages of our own origin.
 */
export const addCors = (app: FastifyInstance, origins: readonly string[]): void => {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !origins.includes(origin)) return;
    if (request.method === 'GET' && !request.url.startsWith('/api/auth/')) {
      reply.header('access-control-allow-origin', origin);
      reply.header('cross-origin-resource-policy', 'cross-origin');
    }
  });
};
