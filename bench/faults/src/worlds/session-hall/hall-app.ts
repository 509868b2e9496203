import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { IsOn } from '../world.ts';
import { hallDocument } from './hall-document.ts';
import type { House } from './hall-house.ts';
import type { HallProvider } from './hall-provider.ts';
import { registerSignIn, type HallStyle } from './hall-sign-in.ts';
import { registerSignOn } from './hall-sign-on.ts';
import { registerTeams } from './hall-teams.ts';

/** A hall of teams, with everything that can begin and end a session. */
export function hallApp(
  house: House,
  style: HallStyle,
  isOn: IsOn,
  provider: HallProvider | null = null,
): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('x-content-type-options', 'nosniff');
    context.header('cache-control', 'no-store');
  });
  app.use(bodyLimit({ maxSize: 64 * 1024, onError: (context) => context.json({ error: 'too large' }, 413) }));
  app.use(async (context, next) => {
    const site = context.req.header('sec-fetch-site') ?? 'same-origin';
    const own = ['same-origin', 'none'].includes(site);
    const origin = context.req.header('origin');
    const ownOrigin = origin === undefined || origin === new URL(context.req.url).origin;
    const changes = !['GET', 'HEAD', 'OPTIONS'].includes(context.req.method);
    if (changes && style.sessions === 'cookie' && !(own && ownOrigin))
      return context.json({ error: 'only from our own pages' }, 403);
    return next();
  });
  app.get('/', (context) => {
    context.header('content-security-policy', "default-src 'self'; frame-ancestors 'none'");
    context.header('x-frame-options', 'DENY');
    return context.html('<!doctype html><title>Hall</title><p>Come in.</p>');
  });
  app.get('/openapi.json', (context) => context.json(hallDocument(style)));
  if (provider !== null) registerSignOn(app, { house, provider, isOn });
  registerTeams(app, house, registerSignIn(app, house, style, isOn), isOn);
  app.notFound((context) => context.json({ error: 'not found' }, 404));
  app.onError((error, context) =>
    error instanceof SyntaxError
      ? context.json({ error: 'the body is no JSON' }, 400)
      : context.json({ error: 'internal error' }, 500),
  );
  return app;
}
