import { fastify, type FastifyInstance } from 'fastify';
import type { Account } from '../../traps/store.ts';
import { marketDocument } from './market-document.ts';
import { registerShop } from './market-shop.ts';
import { withoutDocument } from '../without-document.ts';
import type { IsOn } from '../world.ts';
import { registerSignIn } from './market-sign-in.ts';

/** A marketplace whose requests name their shop in a header. */
export function marketApp(accounts: readonly Account[], isOn: IsOn): FastifyInstance {
  const server = fastify({ logger: false, bodyLimit: 64 * 1024, forceCloseConnections: true });
  server.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({
      message: isOn('market-errors-show-sql')
        ? 'SQLSTATE 22P02: invalid input syntax for type integer in INSERT INTO "market"."listings" ("shop_id", "price")'
        : 'the request could not be handled',
    }),
  );
  server.addHook('onSend', async (_request, reply) => {
    if (!isOn('market-no-nosniff')) reply.header('x-content-type-options', 'nosniff');
    const keep = isOn('market-private-answers-cached') ? 'public, max-age=600' : 'no-store';
    reply.header('cache-control', keep);
  });
  server.get('/', async (_request, reply) =>
    reply
      .type('text/html')
      .header('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
      .send('<!doctype html><title>Market</title><p>Open an account to sell.</p>'),
  );
  if (!isOn(withoutDocument)) server.get('/openapi.json', async () => marketDocument);
  const sellers = accounts.map((account) => ({
    ...account,
    displayName: account.email.split('@', 1).join(''),
  }));
  const sellerOf = registerSignIn(server, sellers, isOn);
  registerShop(server, sellerOf, isOn);
  return server;
}
