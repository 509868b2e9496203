import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { registerContacts } from './vault-contacts.ts';
import { vaultDocument } from './vault-document.ts';
import { vaultFaults } from './vault-faults.ts';
import { registerFiles } from './vault-files.ts';
import { registerVaultSignIn } from './vault-sign-in.ts';
import { vaultTraps } from './vault-traps.ts';

/** A vault of contacts and tables in Fastify: uploads, downloads, exports, a report and mails, bodies told by complaints. */
export const vaultWorld: World = {
  id: 'fastify-vault',
  framework: 'fastify',
  accounts: twoTenants(),
  traps: vaultTraps,
  faults: vaultFaults,
  start: async (switches, { folder }) => {
    const isOn = (fault: string): boolean => switches.has(fault);
    const server = fastify({ logger: false, bodyLimit: 64 * 1024, forceCloseConnections: true });
    let mails = 0;
    const post = (to: string, subject: string, body: string): void => {
      const head = `From: vault@vault.test\r\nTo: ${to}\r\nSubject: ${subject}\r\nMIME-Version: 1.0`;
      const type = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64';
      writeFileSync(
        join(folder, `${(mails += 1)}.eml`),
        `${head}\r\n${type}\r\n\r\n${Buffer.from(body).toString('base64')}\r\n`,
      );
    };
    server.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) =>
      reply.code(error.statusCode ?? 500).send({ error: 'the request could not be handled' }),
    );
    server.addHook('onSend', async (_request, reply) => {
      reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
    });
    server.get('/', async (_request, reply) =>
      reply
        .type('text/html')
        .header('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
        .send('<!doctype html><title>Vault</title><p>Sign in.</p>'),
    );
    server.get('/openapi.json', async () => vaultDocument);
    const callerOf = registerVaultSignIn(server, twoTenants());
    registerContacts(server, callerOf, isOn, post);
    registerFiles(server, callerOf, isOn);
    const origin = await server.listen({ host: '127.0.0.1', port: 0 });
    return {
      origin,
      close: () => server.close(),
      target: { mail: { folder, domain: 'vault.test' } },
    };
  },
  target: { roles: ['admin', 'member'] },
};
