import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import { LoginGuard } from '../login-guard.ts';
import { SessionTable } from '../session-table.ts';
import type { IsOn } from '../world.ts';

/** Sends a mail to an address. */
export type Post = (to: string, subject: string, body: string) => void;

const credentials = z.object({ email: z.string().max(254), password: z.string().min(1).max(200) });
const newPassword = z.string().min(12).max(200);
const change = z.object({ currentPassword: z.string().max(200), newPassword });
const forgot = z.object({ email: z.email().max(254) });
const reset = z.object({ email: z.email().max(254), token: z.string().min(1).max(200), newPassword });
const link = z.object({ token: z.string().max(200) });

interface Reset {
  readonly token: string;
  readonly account: Account;
  endsAt: number;
  used: boolean;
}

/** Another site that pages load from. */
const letters = 'https://letters.example';
/** What hashing a password takes on a small machine, in milliseconds. */
const hashMs = 300;

/** Answers whoever has no good token. */
export const refuse = (reply: FastifyReply): FastifyReply => reply.code(401).send({ error: 'sign in first' });

/** Registers signing in and out, one's own password, and a forgotten one. */
export function registerDoors(
  server: FastifyInstance,
  accounts: readonly Account[],
  isOn: IsOn,
  post: Post,
): {
  readonly callerOf: (request: FastifyRequest) => Account | null;
  readonly expireReset: (token: string) => void;
} {
  const sessions = new SessionTable();
  const guard = new LoginGuard();
  let resets: readonly Reset[] = [];
  let counter = 48_213;
  const tokenOf = (request: FastifyRequest): string =>
    /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const callerOf = (request: FastifyRequest): Account | null => sessions.whoIs(tokenOf(request));
  const byAddress = (email: unknown): Account | undefined => accounts.find((one) => one.email === email);

  const delay = async (): Promise<void> => {
    if (isOn('lodge-is-slow-at-times')) await sleep(randomInt(60));
  };

  /** What a login without the right password may get by one of the faults. */
  const shortcut = (body: unknown): Account | undefined => {
    const given = z.object({ email: z.unknown(), password: z.unknown() }).safeParse(body).data;
    if (given === undefined) return undefined;
    const { email, password } = given;
    const isOperator = typeof password === 'object' && password !== null && '$ne' in password;
    if (isOn('lodge-login-takes-operators') && isOperator) return byAddress(email) ?? accounts[0];
    if (isOn('lodge-login-builds-sql') && typeof email === 'string' && /' or 1=1/i.test(email))
      return accounts[0];
    if (isOn('lodge-login-ends-sql') && typeof email === 'string' && email.endsWith("' -- "))
      return byAddress(email.slice(0, -"' -- ".length));
    if (isOn('lodge-login-without-password') && password === '') return byAddress(email);
    if (isOn('lodge-login-by-null') && password === null) return byAddress(email);
    if (isOn('lodge-default-admin') && email === 'admin' && password === 'admin') return accounts[0];
    return undefined;
  };

  server.post('/auth/login', async (request, reply) => {
    const around = shortcut(request.body);
    if (around !== undefined) return { token: sessions.open(around) };
    const given = credentials.safeParse(request.body);
    // A cookie that counts visits is no session.
    reply.header('set-cookie', `visit=${randomUUID()}; Path=/; HttpOnly; SameSite=Lax`);
    if (!given.success) return reply.code(422).send({ error: 'email and password are needed' });
    const { email, password } = given.data;
    const seconds = guard.waits(email, request.ip);
    if (seconds > 0) {
      const end = new Date(Date.now() + seconds * 1000).toUTCString();
      return reply.code(429).header('retry-after', end).send({ error: 'slow down' });
    }
    const account = byAddress(email);
    await delay();
    if (account !== undefined && isOn('lodge-hashes-for-accounts-alone')) await sleep(hashMs);
    if (account?.password !== password) {
      guard.failed(email, request.ip);
      if (account === undefined && isOn('lodge-login-tells'))
        return reply.code(401).send({ error: 'nobody has this address' });
      return reply.code(401).send({ error: 'wrong email or password', request: randomUUID(), for: email });
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
  server.post('/auth/password', async (request, reply) => {
    const account = callerOf(request);
    if (account === null) return refuse(reply);
    const given = change.safeParse(request.body);
    if (!given.success) return reply.code(422).send({ error: 'a longer password is needed' });
    if (account.password !== given.data.currentPassword)
      return reply.code(403).send({ error: 'the current password is wrong' });
    account.password = given.data.newPassword;
    sessions.endOthers(account, tokenOf(request));
    if (!isOn('lodge-reset-survives-change')) resets = resets.filter((one) => one.account !== account);
    return reply.code(204).send();
  });

  server.post('/auth/forgot', async (request, reply) => {
    const given = forgot.safeParse(request.body);
    if (!given.success) return reply.code(422).send({ error: 'an address is needed' });
    const account = byAddress(given.data.email);
    await delay();
    const done = { status: 'if there is such an account, a mail is on its way', request: randomUUID() };
    if (account === undefined)
      return isOn('lodge-forgot-tells') ? reply.code(404).send({ error: 'nobody has this address' }) : done;
    const token = isOn('lodge-reset-counts')
      ? String((counter += 1)).padStart(24, '0')
      : isOn('lodge-reset-is-short')
        ? randomBytes(4).toString('hex')
        : randomBytes(24).toString('base64url');
    if (!isOn('lodge-old-reset-lives')) resets = resets.filter((one) => one.account !== account);
    resets = [...resets, { token, account, endsAt: Date.now() + 30 * 60_000, used: false }];
    const claimed = String(request.headers['x-forwarded-host'] ?? '');
    const own = `http://127.0.0.1:${request.socket.localPort ?? 0}`;
    const base =
      isOn('lodge-link-by-forwarded-host') && claimed !== ''
        ? `https://${claimed}`
        : isOn('lodge-link-by-host')
          ? `http://${request.headers.host ?? ''}`
          : own;
    const life = isOn('lodge-reset-lives-days') ? '14 days' : '30 minutes';
    post(
      account.email,
      'Choose a new password',
      `Somebody at ${claimed === '' ? 'our site' : claimed} asked for a new password:\n\n${base}/reset-password?token=${token}\n\nThe link works once, within ${life}.\n`,
    );
    // As long as the mail server takes to answer.
    if (isOn('lodge-mails-before-answering')) await sleep(400);
    return isOn('lodge-forgot-gives-token') ? { ...done, resetToken: token } : done;
  });
  server.get('/reset-password', async (request, reply) => {
    const given = link.safeParse(request.query);
    if (given.success && isOn('lodge-looking-uses-reset'))
      resets = resets.filter((one) => one.token !== given.data.token);
    if (isOn('lodge-page-tells-address')) reply.header('referrer-policy', 'unsafe-url');
    return reply
      .type('text/html')
      .header('content-security-policy', `default-src 'self' ${letters}; frame-ancestors 'none'`)
      .send(
        `<!doctype html><title>New password</title><script src="${letters}/font.js"></script><form></form>`,
      );
  });
  // Whether it worked is never said.
  server.post('/auth/reset', async (request, reply) => {
    const given = reset.safeParse(request.body);
    if (!given.success) return reply.code(422).send({ error: 'token and a longer password are needed' });
    const { email, token } = given.data;
    const done = { status: 'done' };
    const found = resets.find((one) => one.token === token);
    if (found === undefined || (found.used && !isOn('lodge-reset-works-twice'))) return done;
    if (found.endsAt < Date.now() && !isOn('lodge-expired-reset-works')) return done;
    const account = isOn('lodge-reset-names-account') ? byAddress(email) : found.account;
    if (account === undefined || (account === found.account && email !== found.account.email)) return done;
    if (isOn('lodge-reset-checked-too-early')) await sleep(30);
    found.used = true;
    account.password = given.data.newPassword;
    if (!isOn('lodge-reset-keeps-sessions')) sessions.endOthers(account, undefined);
    guard.succeeded(account.email);
    post(account.email, 'Your password was changed', 'Your password was just changed.\n');
    return done;
  });
  return {
    callerOf,
    expireReset: (token) => {
      for (const one of resets) if (one.token === token) one.endsAt = Date.now() - 1000;
    },
  };
}
