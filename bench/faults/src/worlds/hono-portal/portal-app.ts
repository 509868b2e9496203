import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Account } from '../../traps/store.ts';
import { withoutDocument } from '../without-document.ts';
import type { IsOn } from '../world.ts';
import { portalDocument } from './portal-document.ts';
import { registerSignIn } from './portal-sign-in.ts';
import { registerWorkspace } from './portal-workspace.ts';

/** A client portal whose workspaces stand in the path, with signed tokens. */
export function portalApp(accounts: readonly Account[], isOn: IsOn): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('x-content-type-options', 'nosniff');
    context.header('cache-control', 'no-store');
  });
  const maxSize = isOn('portal-huge-messages') ? 16 * 1024 * 1024 : 64 * 1024;
  app.use(bodyLimit({ maxSize, onError: (context) => context.json({ error: 'too large' }, 413) }));
  app.get('/', (context) => {
    if (!isOn('portal-page-without-policy'))
      context.header('content-security-policy', "default-src 'self'; frame-ancestors 'none'");
    context.header('x-frame-options', 'DENY');
    return context.html('<!doctype html><title>Portal</title><p>For our clients.</p>');
  });
  if (!isOn(withoutDocument)) app.get('/openapi.json', (context) => context.json(portalDocument));
  const people = accounts.map((account) => ({ ...account, id: randomUUID(), generation: 1 }));
  const personOf = registerSignIn(app, people, isOn);
  registerWorkspace(app, { people, personOf, isOn });
  app.notFound((context) => context.json({ error: 'not found' }, 404));
  app.onError((error, context) => {
    if (error instanceof SyntaxError && !isOn('portal-broken-json-crashes'))
      return context.json({ error: 'the body is no JSON' }, 400);
    return context.json({ error: 'internal error' }, 500);
  });
  return app;
}
