import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Account } from '../../traps/store.ts';
import { registerSignIn } from '../hono-portal/portal-sign-in.ts';
import type { IsOn } from '../world.ts';
import { deskDocument } from './desk-document.ts';
import { registerPeople } from './desk-people.ts';
import { registerTickets } from './desk-tickets.ts';

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
  const personOf = registerSignIn(app, people, isOn);
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
