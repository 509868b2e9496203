import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Account } from '../../traps/store.ts';
import * as z from 'zod';
import { bodyOf, registerSignIn } from '../hono-portal/portal-sign-in.ts';
import { LoginGuard } from '../login-guard.ts';
import type { IsOn } from '../world.ts';
import { deskDocument } from './desk-document.ts';
import { registerKeys } from './desk-keys.ts';
import { registerPeople } from './desk-people.ts';
import { registerTickets } from './desk-tickets.ts';

const newAccount = z.object({
  email: z.email().max(254),
  password: z
    .string()
    .min(12)
    .max(200)
    .regex(/^[^\0]*$/),
});
const wish = z.object({ role: z.enum(['admin', 'member']) });

/** A help desk whose records hold more than callers may set. */
export function deskApp(accounts: readonly Account[], isOn: IsOn): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('x-content-type-options', 'nosniff');
    context.header('cache-control', 'no-store');
  });
  const tooLarge = { maxSize: 64 * 1024 };
  app.use(bodyLimit({ ...tooLarge, onError: (context) => context.json({ error: 'too large' }, 413) }));
  app.get('/', (context) => {
    context.header('content-security-policy', "default-src 'self'; frame-ancestors 'none'");
    context.header('x-frame-options', 'DENY');
    return context.html('<!doctype html><title>Desk</title><p>How can we help?</p>');
  });
  app.get('/openapi.json', (context) => context.json(deskDocument));
  const people = accounts.map((account) => ({
    ...account,
    role: account.role === 'admin' ? 'admin' : 'member',
    id: randomUUID(),
    generation: 1,
  }));
  const personOf = registerKeys(app, registerSignIn(app, people, isOn), isOn);
  const perAddress = new LoginGuard({ perAccount: 1000, perAddress: 30 });
  app.post('/register', async (context) => {
    const body = await bodyOf(context);
    const given = newAccount.safeParse(body);
    if (!given.success) return context.json({ error: 'an address and a long password are needed' }, 400);
    if (perAddress.waits('', 'here') > 0)
      return context.json({ error: 'too many accounts' }, 429, { 'retry-after': '5' });
    perAddress.failed('', 'here');
    const { email, password } = given.data;
    const asked = isOn('desk-register-takes-role') ? wish.safeParse(body).data?.role : undefined;
    // Known addresses are answered alike, so that nobody learns who is here.
    if (!people.some((one) => one.email === email)) {
      const id = randomUUID();
      people.push({ id, email, password, tenant: `visitor-${id}`, role: asked ?? 'member', generation: 1 });
    }
    return context.json({ accepted: true }, 201);
  });
  registerPeople(app, { people, personOf, isOn });
  registerTickets(app, { personOf, isOn });
  app.notFound((context) => context.json({ error: 'not found' }, 404));
  app.onError((error, context) =>
    error instanceof SyntaxError
      ? context.json({ error: 'the body is no JSON' }, 400)
      : context.json({ error: 'internal error' }, 500),
  );
  return app;
}
