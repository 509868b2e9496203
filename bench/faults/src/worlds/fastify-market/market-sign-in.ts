import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import { LoginGuard } from '../login-guard.ts';
import { SessionTable } from '../session-table.ts';
import type { IsOn } from '../world.ts';

/** An account of the marketplace, whose role and name may change. */
export interface Seller extends Account {
  role: string;
  displayName: string;
}

const credentials = z.object({ email: z.string().max(254), password: z.string().max(200) });
const newPassword = z.object({ currentPassword: z.string(), newPassword: z.string().min(12).max(200) });
const profile = z
  .object({
    displayName: z
      .string()
      .max(80)
      .regex(/^[^\0]*$/),
    role: z.string(),
  })
  .partial();

const tokenOf = (request: FastifyRequest): string =>
  /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
const publicPart = (token: string): string => token.split('.', 1).join('');
/** Refuses whoever has no token that is good. */
export const refuse = (reply: FastifyReply): FastifyReply =>
  reply.code(401).send({ message: 'sign in first' });

/** Registers signing in, whose token comes back in a header, and one's own account. Gives who a request is from. */
export function registerSignIn(
  server: FastifyInstance,
  sellers: readonly Seller[],
  isOn: IsOn,
): (request: FastifyRequest) => Seller | null {
  const sessions = new SessionTable();
  const byPublicPart = new Map<string, Account>();
  const guard = new LoginGuard(isOn('market-sign-in-counts-accounts-only') ? { perAddress: 10_000 } : {});
  const sellerOf = (request: FastifyRequest): Seller | null => {
    const token = tokenOf(request);
    const account = isOn('market-token-secret-not-compared')
      ? byPublicPart.get(publicPart(token))
      : isOn('market-token-half-compared')
        ? sessions.whoseBeginningIs(token.slice(0, 42), token.length)
        : sessions.whoIs(token);
    return sellers.find(({ email }) => email === account?.email) ?? null;
  };

  server.post('/auth/sign-in', async (request, reply) => {
    const given = credentials.safeParse(request.body);
    if (!given.success) return reply.code(400).send({ message: 'email and password are needed' });
    const { email, password } = given.data;
    const seconds = isOn('market-sign-in-unlimited') ? 0 : guard.waits(email, request.ip);
    if (seconds > 0)
      return reply.code(429).header('retry-after', String(seconds)).send({ message: 'slow down' });
    const seller = sellers.find((one) => one.email === email && one.password === password);
    if (seller === undefined) {
      guard.failed(email, request.ip);
      return reply.code(401).send({ message: 'wrong email or password' });
    }
    guard.succeeded(email);
    const token = sessions.open(seller);
    byPublicPart.set(publicPart(token), seller);
    return reply.header('x-auth-token', token).send({ welcome: seller.displayName });
  });
  server.post('/auth/logout', async (request, reply) => {
    if (sellerOf(request) === null) return refuse(reply);
    if (!isOn('market-logout-forgets-nothing')) {
      sessions.end(tokenOf(request));
      byPublicPart.delete(publicPart(tokenOf(request)));
    }
    return reply.code(204).send();
  });
  server.get('/auth/me', async (request, reply) => {
    const seller = sellerOf(request);
    if (seller === null) return refuse(reply);
    const { email, tenant, role, displayName } = seller;
    return { email, shopId: tenant, role, displayName };
  });
  server.patch('/auth/me', async (request, reply) => {
    const seller = sellerOf(request);
    if (seller === null) return refuse(reply);
    const given = profile.safeParse(request.body);
    if (!given.success) return reply.code(400).send({ message: 'displayName must be a text' });
    seller.displayName = given.data.displayName ?? seller.displayName;
    if (isOn('market-profile-takes-role')) seller.role = given.data.role ?? seller.role;
    return { email: seller.email, role: seller.role, displayName: seller.displayName };
  });
  server.post('/account/password', async (request, reply) => {
    const seller = sellerOf(request);
    if (seller === null) return refuse(reply);
    const given = newPassword.safeParse(request.body);
    if (!given.success) return reply.code(400).send({ message: 'a longer password is needed' });
    if (seller.password !== given.data.currentPassword)
      return reply.code(403).send({ message: 'the current password is wrong' });
    seller.password = given.data.newPassword;
    if (!isOn('market-password-keeps-tokens')) {
      sessions.endOthers(seller, tokenOf(request));
      for (const [part, owner] of byPublicPart)
        if (owner === seller && part !== publicPart(tokenOf(request))) byPublicPart.delete(part);
    }
    return reply.code(204).send();
  });
  return sellerOf;
}
