import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import { LoginGuard } from '../login-guard.ts';
import { SessionTable } from '../session-table.ts';

const credentials = z.object({ email: z.string().max(254), password: z.string().max(200) });
const newPassword = z.object({ currentPassword: z.string(), newPassword: z.string().min(12).max(200) });

/** Answers whoever has no good token. */
export const refuse = (reply: FastifyReply): FastifyReply => reply.code(401).send({ error: 'sign in first' });

/** Registers signing in and out, and one's own password. Gives who a request is from. */
export function registerVaultSignIn(
  server: FastifyInstance,
  accounts: readonly Account[],
): (request: FastifyRequest) => Account | null {
  const sessions = new SessionTable();
  const guard = new LoginGuard();
  const tokenOf = (request: FastifyRequest): string =>
    /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const callerOf = (request: FastifyRequest): Account | null => sessions.whoIs(tokenOf(request));

  server.post('/auth/login', async (request, reply) => {
    const given = credentials.safeParse(request.body);
    if (!given.success) return reply.code(422).send({ error: 'email and password are needed' });
    const { email, password } = given.data;
    const seconds = guard.waits(email, request.ip);
    if (seconds > 0)
      return reply.code(429).header('retry-after', String(seconds)).send({ error: 'slow down' });
    const account = accounts.find((one) => one.email === email && one.password === password);
    if (account === undefined) {
      guard.failed(email, request.ip);
      return reply.code(401).send({ error: 'wrong email or password' });
    }
    guard.succeeded(email);
    return { token: sessions.open(account) };
  });
  server.post('/auth/logout', async (request, reply) => {
    if (callerOf(request) === null) return refuse(reply);
    sessions.end(tokenOf(request));
    return reply.code(204).send();
  });
  server.get('/auth/me', async (request, reply) => {
    const account = callerOf(request);
    return account === null
      ? refuse(reply)
      : { email: account.email, tenant: account.tenant, role: account.role };
  });
  server.post('/account/password', async (request, reply) => {
    const account = callerOf(request);
    if (account === null) return refuse(reply);
    const given = newPassword.safeParse(request.body);
    if (!given.success) return reply.code(422).send({ error: 'a longer password is needed' });
    if (account.password !== given.data.currentPassword)
      return reply.code(403).send({ error: 'the current password is wrong' });
    account.password = given.data.newPassword;
    sessions.endOthers(account, tokenOf(request));
    return reply.code(204).send();
  });
  return callerOf;
}
