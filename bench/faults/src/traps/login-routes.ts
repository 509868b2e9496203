import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import * as z from 'zod';
import type { TokenStore } from './token-store.ts';
import type { SignIn } from './trap-server.ts';
import type { Account } from './store.ts';

const credentials = z.object({ email: z.string(), password: z.string() });
const lockMs = 20_000;
const failuresPerAccount = 5;
/** Failures from one address, for whichever accounts, before it has to wait. */
const failuresPerAddress = 20;

interface Failures {
  readonly count: number;
  readonly until: number;
}

/** Counts failures; what was counted is forgotten when nothing was added for a while. */
function createCounter(most: number): {
  left(key: string): number;
  add(key: string): void;
  clear(key: string): void;
} {
  const failures = new Map<string, Failures>();
  const of = (key: string): Failures => {
    const found = failures.get(key);
    return found === undefined || found.until < Date.now() ? { count: 0, until: 0 } : found;
  };
  return {
    left: (key) => {
      const { count, until } = of(key);
      return count >= most ? Math.ceil((until - Date.now()) / 1000) : 0;
    },
    add: (key) => void failures.set(key, { count: of(key).count + 1, until: Date.now() + lockMs }),
    clear: (key) => void failures.delete(key),
  };
}

const wait = (reply: FastifyReply, seconds: number): unknown =>
  reply.code(429).header('retry-after', String(seconds)).send({ error: 'too many attempts' });

/** Registers login and logout. */
export function registerLogin(
  server: FastifyInstance,
  accounts: readonly Account[],
  signIn: SignIn,
  tokens: TokenStore,
): void {
  const byAccount = createCounter(failuresPerAccount);
  const byAddress = createCounter(failuresPerAddress);
  const wrong = (reply: FastifyReply): unknown =>
    reply
      .code(signIn.afterFiveFailures === 'answer-200-with-error' ? 200 : 401)
      .send({ error: 'wrong email or password' });

  server.post('/api/auth/login', async (request, reply) => {
    const parsed = credentials.safeParse(request.body);
    if (!parsed.success) return reply.code(422).send({ error: 'email and password are needed' });
    const { email, password } = parsed.data;
    const addressWaits = byAddress.left(request.ip);
    if (addressWaits > 0) return wait(reply, addressWaits);
    const accountWaits = byAccount.left(email);
    if (accountWaits > 0 && signIn.afterFiveFailures === 'answer-429') return wait(reply, accountWaits);
    if (accountWaits > 0 && signIn.afterFiveFailures === 'answer-403')
      return reply.code(403).send({ error: 'this account is locked for a while' });
    const account = accounts.find((candidate) => candidate.email === email);
    if (accountWaits > 0 || account?.password !== password) {
      if (password.length < signIn.shortestCounted) return wrong(reply);
      byAddress.add(request.ip);
      if (accountWaits === 0) byAccount.add(email);
      return wrong(reply);
    }
    byAccount.clear(email);
    const token = randomBytes(24).toString('base64url');
    tokens.open(token, account);
    if (signIn.by === 'bearer') return { token, ...signIn.tells?.(account) };
    return reply
      .header('set-cookie', [
        `trap_session=${token}; Path=/; HttpOnly; Secure; SameSite=Lax`,
        // A preference that scripts are meant to read: it authenticates nobody.
        'theme=dark; Path=/',
      ])
      .send({ ok: true });
  });

  server.post('/api/auth/logout', async (request, reply) => {
    tokens.end(request);
    return signIn.endedSession === 'answer-403' ? { ok: true } : reply.code(204).send();
  });
}
