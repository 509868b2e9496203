import { randomBytes } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import { LoginGuard } from '../login-guard.ts';
import { cookieValue, SessionTable } from '../session-table.ts';
import { withoutDocument } from '../without-document.ts';
import type { IsOn } from '../world.ts';
import { callerOf } from './caller-of.ts';
import { trackerDocument } from './tracker-document.ts';
import { registerProjects } from './tracker-projects.ts';

const credentials = z.object({ email: z.string().max(254), password: z.string().max(200) });
const newPassword = z.object({ currentPassword: z.string(), newPassword: z.string().min(12).max(200) });
const failure = z.object({ status: z.number() });
const sessionCookie = 'tracker_session';

/** A project tracker with cookie sessions and a CSRF token that an API hands out. */
export function trackerApp(accounts: readonly Account[], isOn: IsOn): Express {
  const app = express();
  const sessions = new SessionTable();
  const guard = new LoginGuard();
  app.disable('x-powered-by');

  app.use((request, response, next) => {
    response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    const { origin } = request.headers;
    const host = request.headers.host ?? '';
    const endsAlike = isOn('tracker-cors-ends-alike') && origin?.endsWith(host) === true;
    if (origin !== undefined && (endsAlike || isOn('tracker-cors-echo')))
      response.set({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        vary: 'origin',
      });
    next();
  });
  const types = isOn('tracker-no-csrf-token-needed')
    ? ['application/json', 'text/plain']
    : ['application/json'];
  app.use(express.json({ limit: '64kb', type: types }));

  app.get('/', (_request, response) => {
    response
      .set('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
      .type('html')
      .send('<!doctype html><title>Tracker</title><p>Sign in.</p>');
  });
  if (!isOn(withoutDocument))
    app.get('/openapi.json', (_request, response) => void response.json(trackerDocument));
  app.get('/api/csrf-token', (request, response) => {
    const token =
      cookieValue(request.headers.cookie, 'tracker_csrf') ?? randomBytes(18).toString('base64url');
    response.append('set-cookie', `tracker_csrf=${token}; Path=/; HttpOnly; Secure; SameSite=Strict`);
    response.json({ csrfToken: token });
  });
  app.use((request, response, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || isOn('tracker-no-csrf-token-needed'))
      return next();
    const token = cookieValue(request.headers.cookie, 'tracker_csrf');
    if (token !== undefined && request.headers['x-csrf-token'] === token) return next();
    response.status(403).json({ error: 'the CSRF token is missing or wrong' });
  });

  app.post('/api/auth/login', (request, response) => {
    const given = credentials.safeParse(request.body);
    if (!given.success) return void response.status(422).json({ error: 'email and password are needed' });
    const { email, password } = given.data;
    const address = request.ip ?? '';
    const seconds = isOn('tracker-login-unlimited') ? 0 : guard.waits(email, address);
    if (seconds > 0)
      return void response.status(429).set('retry-after', String(seconds)).json({ error: 'slow down' });
    const account = accounts.find((one) => one.email === email && one.password === password);
    if (account === undefined) {
      guard.failed(email, address);
      return void response.status(401).json({ error: 'wrong email or password' });
    }
    guard.succeeded(email);
    const flags = isOn('tracker-no-csrf-token-needed') ? 'SameSite=None' : 'SameSite=Lax';
    const hidden = isOn('tracker-cookie-for-scripts') ? '' : '; HttpOnly';
    response.append(
      'set-cookie',
      `${sessionCookie}=${sessions.open(account)}; Path=/; Secure; ${flags}${hidden}`,
    );
    response.json({ email: account.email });
  });

  app.use('/api', (request, response, next) => {
    const caller = sessions.whoIs(cookieValue(request.headers.cookie, sessionCookie));
    if (caller === null && !isOpenAnyway(request, isOn))
      return void response.status(401).json({ error: 'sign in first' });
    response.locals['caller'] = caller ?? { email: '', tenant: '', role: 'nobody', password: '' };
    next();
  });
  app.post('/api/auth/logout', (request, response) => {
    if (!isOn('tracker-logout-keeps-session'))
      sessions.end(cookieValue(request.headers.cookie, sessionCookie));
    response
      .append('set-cookie', `${sessionCookie}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`)
      .status(204)
      .end();
  });
  app.get('/api/auth/me', (_request, response) => {
    const { email, tenant, role } = callerOf(response);
    response.json({ email, tenant, role });
  });
  app.post('/api/account/password', (request, response) => {
    const given = newPassword.safeParse(request.body);
    if (!given.success) return void response.status(422).json({ error: 'a longer password is needed' });
    const account = callerOf(response);
    if (account.password !== given.data.currentPassword)
      return void response.status(403).json({ error: 'the current password is wrong' });
    account.password = given.data.newPassword;
    if (!isOn('tracker-password-keeps-sessions'))
      sessions.endOthers(account, cookieValue(request.headers.cookie, sessionCookie));
    response.status(204).end();
  });
  registerProjects(app, isOn);

  app.use((_request, response) => void response.status(404).json({ error: 'not found' }));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const known = failure.safeParse(error);
    const status = known.success ? known.data.status : 500;
    const stack = isOn('tracker-stack-in-errors') && error instanceof Error ? { stack: error.stack } : {};
    response.status(status).json({ error: 'the request could not be handled', ...stack });
  });
  return app;
}

/** Routes that a fault lets nobody in to. */
function isOpenAnyway(request: Request, isOn: IsOn): boolean {
  if (isOn('tracker-activity-without-login')) return request.path === '/activity';
  return (
    isOn('tracker-anonymous-delete-refused') &&
    request.method === 'DELETE' &&
    request.path.includes('/tasks/')
  );
}
