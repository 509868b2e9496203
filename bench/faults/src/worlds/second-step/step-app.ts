import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import { describeApi, text } from '../describe-api.ts';
import { LoginGuard } from '../login-guard.ts';
import type { IsOn } from '../world.ts';
import { StepGuard } from './step-guard.ts';

const credentials = z.object({ email: z.string().max(254), password: z.string().max(200) });
const step = z.object({ challenge: z.string().max(100), code: z.string().max(10).optional() });
const document = describeApi('Keep', 'bearer', {
  'POST /login': {
    open: true,
    body: { email: text(254), password: text(200) },
    required: ['email', 'password'],
  },
  'POST /login/totp': {
    open: true,
    body: { challenge: text(100), code: text(10) },
    required: ['challenge', 'code'],
  },
  'GET /me': {},
  'GET /notices': {},
});

interface Halfway {
  readonly account: Account;
  wrong: number;
}
const mostWrongInOne = 3;

/** Tools for those who run a product: accounts with a secret need a code beside their password. */
export function stepApp(
  accounts: readonly Account[],
  secrets: ReadonlyMap<string, string>,
  isOn: IsOn,
): Hono {
  const app = new Hono();
  const tokens = new Map<string, Account>();
  const halfway = new Map<string, Halfway>();
  const steps = new StepGuard(secrets, isOn);
  const guard = new LoginGuard();
  const enter = (context: Context, account: Account, more: object = {}): Response => {
    const token = randomBytes(24).toString('base64url');
    tokens.set(token, account);
    return context.json({ token, ...more });
  };
  app.use(async (context, next) => {
    await next();
    context.header('x-content-type-options', 'nosniff');
    context.header('cache-control', 'no-store');
  });
  app.get('/', (context) => {
    context.header('content-security-policy', "default-src 'self'; frame-ancestors 'none'");
    context.header('x-frame-options', 'DENY');
    return context.html('<!doctype html><title>Keep</title><p>Staff only.</p>');
  });
  app.get('/openapi.json', (context) => context.json(document));
  app.post('/login', async (context) => {
    const given = credentials.safeParse(await context.req.json<unknown>().catch(() => null));
    if (!given.success) return context.json({ error: 'email and password are needed' }, 400);
    const { email, password } = given.data;
    const seconds = guard.waits(email, 'here');
    if (seconds > 0)
      return context.json({ error: 'too many attempts' }, 429, { 'retry-after': String(seconds) });
    const account = accounts.find((one) => one.email === email && one.password === password);
    if (account === undefined) {
      guard.failed(email, 'here');
      return context.json({ error: 'wrong email or password' }, 401);
    }
    guard.succeeded(email);
    if (!secrets.has(email)) return enter(context, account);
    const challenge = randomBytes(24).toString('base64url');
    halfway.set(challenge, { account, wrong: 0 });
    // What looks like a session is only a ticket for the second step.
    const asked = { mfaRequired: true, challenge };
    if (isOn('step-is-for-show')) return enter(context, account, asked);
    return context.json({ ...asked, token: challenge });
  });
  app.post('/login/totp', async (context) => {
    const given = step.safeParse(await context.req.json<unknown>().catch(() => null));
    if (!given.success) return context.json({ error: 'a code is needed' }, 400);
    const { challenge, code = '' } = given.data;
    const half = halfway.get(challenge);
    if (half === undefined) return context.json({ error: 'begin anew' }, 401);
    const { account } = half;
    if (steps.isLocked(account.email)) return context.json({ error: 'wrong code' }, 401);
    if (!(code === '' && isOn('step-takes-no-code')) && !steps.takes(account.email, code)) {
      half.wrong += 1;
      if (half.wrong >= mostWrongInOne && !isOn('step-counts-no-guesses')) halfway.delete(challenge);
      return context.json({ error: 'wrong code' }, 401);
    }
    halfway.delete(challenge);
    return enter(context, account);
  });
  const tokenOf = (context: Context): string =>
    /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? '';
  const visitorOf = (context: Context, ticketOpens: boolean): Account | undefined =>
    tokens.get(tokenOf(context)) ?? (ticketOpens ? halfway.get(tokenOf(context))?.account : undefined);
  app.get('/me', (context) => {
    const account = visitorOf(context, isOn('step-ticket-opens'));
    const half = halfway.get(tokenOf(context));
    if (account === undefined && half !== undefined)
      return context.json({ pending: 'a code', email: half.account.email });
    if (account === undefined) return context.json({ error: 'sign in first' }, 401);
    const { email, role, tenant } = account;
    return context.json({ email, role, tenant });
  });
  app.get('/notices', (context) => {
    const opens = isOn('step-ticket-opens') || isOn('step-ticket-opens-a-list');
    const account = visitorOf(context, opens);
    if (account === undefined) return context.json({ error: 'sign in first' }, 401);
    return context.json({ notices: [{ tenant: account.tenant, text: 'The door code changes on Monday.' }] });
  });
  return app;
}
