import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { lodgeDocument } from './lodge-document.ts';
import { registerDoors, type Post } from './lodge-doors.ts';
import { lodgeFaults } from './lodge-faults.ts';
import { registerLodge } from './lodge-invites.ts';
import { lodgeTraps, slowLodgeTraps } from './lodge-traps.ts';

const mostOfOneKind = 14;
/** Faults by which there is no limit, by the subject of what they send. */
const floods: Readonly<Record<string, string>> = {
  'Choose a new password': 'lodge-resets-flood',
  'You are invited': 'lodge-invites-flood',
};

/** A lodge in Fastify with every door that has to be kept: login, forgotten passwords and invites, by mail. */
export const lodgeWorld: World = {
  id: 'fastify-lodge',
  framework: 'fastify',
  accounts: twoTenants(),
  traps: lodgeTraps,
  faults: lodgeFaults,
  start: async (switches, { folder }) => {
    const isOn = (fault: string): boolean => switches.has(fault);
    const accounts = [...twoTenants()];
    const server = fastify({ logger: false, bodyLimit: 64 * 1024, forceCloseConnections: true });
    let mails = 0;
    const sent = new Map<string, readonly number[]>();
    const post: Post = (to, subject, body) => {
      // Nobody gets more of one kind than this in a minute, and whoever asks for them is not told.
      const kind = `${subject} for ${to.toLowerCase()}`;
      const lately = (sent.get(kind) ?? []).filter((at) => at > Date.now() - 60_000);
      if (lately.length >= mostOfOneKind && !isOn(floods[subject] ?? '')) return;
      sent.set(kind, [...lately, Date.now()]);
      const head = `From: lodge@lodge.test\r\nTo: ${to}\r\nSubject: ${subject}\r\nMIME-Version: 1.0`;
      const type = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64';
      const text = Buffer.from(body).toString('base64');
      writeFileSync(join(folder, `${(mails += 1)}.eml`), `${head}\r\n${type}\r\n\r\n${text}\r\n`);
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
        .send('<!doctype html><title>Lodge</title><p>Sign in.</p>'),
    );
    server.get('/openapi.json', async () => lodgeDocument);
    const { callerOf, expireReset } = registerDoors(server, accounts, isOn, post);
    const { expireInvite } = registerLodge(server, {
      accounts,
      callerOf,
      isOn,
      post,
      open: (account) => void accounts.push(account),
    });
    const origin = await server.listen({ host: '127.0.0.1', port: 0 });
    return {
      origin,
      close: () => server.close(),
      target: {
        mail: { folder, domain: 'lodge.test' },
        hooks: {
          expireReset: async ({ token }: { readonly token: string }) => expireReset(token),
          expireInvite: async ({ token }: { readonly token: string }) => expireInvite(token),
        },
      },
    };
  },
  target: { roles: ['admin', 'member'] },
};

/** The same lodge on a machine that is slow at times, for accounts as for strangers. */
export const slowLodgeWorld: World = {
  ...lodgeWorld,
  id: 'slow-lodge',
  traps: slowLodgeTraps,
  faults: [],
  start: (switches, place) => lodgeWorld.start(new Set([...switches, 'lodge-is-slow-at-times']), place),
};
