import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import { callerOf } from '../express-tracker/caller-of.ts';
import { LoginGuard } from '../login-guard.ts';
import { cookieValue, SessionTable } from '../session-table.ts';
import type { IsOn } from '../world.ts';
import { guardDocument } from './guard-document.ts';
import { GuardStore, item } from './guard-store.ts';

const credentials = z.object({ email: z.string().max(254), password: z.string().max(200) });
const failure = z.object({ status: z.number() });
const sessionCookie = 'shop_session';

/** A shop behind a proxy of its own: limits, checks of input, a search and a page of each item. */
export function guardApp(accounts: readonly Account[], isOn: IsOn): Express {
  const app = express();
  const sessions = new SessionTable();
  const guard = new LoginGuard({ perAddress: 12 });
  const store = new GuardStore(isOn);
  const page = (title: string, body: string): string =>
    `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'self'"><title>${title}</title></head><body>${body}</body></html>`;
  app.disable('x-powered-by');
  // Only a proxy on the same machine is believed; a reviewer there stands where it stands.
  app.set('trust proxy', isOn('guard-first-claimed-address') ? true : 'loopback');
  app.use((_request, response, next) => {
    response.set({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    });
    next();
  });
  app.use(express.json({ limit: '64kb' }));
  // Forms are taken, and the cookie stays at home.
  app.use(express.urlencoded({ limit: '64kb', extended: false }));

  app.use((request, _response, next) => {
    if (isOn('guard-method-in-form') && request.method === 'POST' && request.query['_method'] === 'DELETE')
      request.method = 'DELETE';
    next();
  });

  app.get('/', (_request, response) => void response.type('html').send(page('Shop', '<p>Sign in.</p>')));
  app.get('/openapi.json', (_request, response) => void response.json(guardDocument));
  app.post('/auth/login', (request, response) => {
    const given = credentials.safeParse(request.body);
    if (!given.success) return void response.status(422).json({ error: 'email and password are needed' });
    const email = given.data.email.trim().toLowerCase();
    const counted = isOn('guard-name-as-written') ? given.data.email : email;
    const address = isOn('guard-name-as-written') ? `of ${counted}` : (request.ip ?? '');
    const byAddress = isOn('guard-first-claimed-address') ? `at ${address}` : counted;
    const seconds = guard.waits(byAddress, address);
    if (seconds > 0)
      return void response
        .status(429)
        .set('retry-after', isOn('guard-limit-ends-soon') ? 'soon' : String(seconds))
        .json({ error: 'slow down' });
    const account = accounts.find((one) => one.email === email && one.password === given.data.password);
    if (account === undefined) {
      guard.failed(byAddress, address);
      return void response.status(401).json({ error: 'wrong email or password' });
    }
    const flags =
      isOn('guard-forms-from-elsewhere') || isOn('guard-method-in-form') ? 'SameSite=None' : 'SameSite=Lax';
    response.append(
      'set-cookie',
      `${sessionCookie}=${sessions.open(account)}; Path=/; Secure; HttpOnly; ${flags}`,
    );
    response.json({ email: account.email });
  });
  app.use((request, response, next) => {
    const caller = sessions.whoIs(cookieValue(request.headers.cookie, sessionCookie));
    if (caller === null) return void response.status(401).json({ error: 'sign in first' });
    response.locals['caller'] = caller;
    next();
  });
  app.post('/auth/logout', (request, response) => {
    sessions.end(cookieValue(request.headers.cookie, sessionCookie));
    response.status(204).end();
  });
  app.get('/auth/me', (_request, response) => {
    const { email, tenant, role } = callerOf(response);
    response.json({ email, tenant, role });
  });

  const absent = (response: Response): void => void response.status(404).json({ error: 'not found' });
  const invalid = (response: Response): void => void response.status(422).json({ error: 'a field is wrong' });
  const loose = item.extend({
    price: isOn('guard-price-below-zero') ? z.int() : item.shape.price,
    status: isOn('guard-any-status') ? z.string().optional() : item.shape.status,
    description: isOn('guard-null-description') ? z.string().nullable() : item.shape.description,
  });
  app.get(
    '/items',
    (_request, response) => void response.json({ items: store.all(callerOf(response).tenant) }),
  );
  app.post('/items', (request, response) => {
    const body: unknown = request.body;
    const isForm =
      request.is('application/x-www-form-urlencoded') !== false &&
      request.is('application/x-www-form-urlencoded') !== null;
    const given = loose.safeParse(
      isForm && typeof body === 'object' && body !== null && 'price' in body
        ? { ...body, price: Number(body.price) }
        : body,
    );
    if (!given.success) return invalid(response);
    const { status, description, ...rest } = given.data;
    const made = store.insert(callerOf(response).tenant, {
      ...rest,
      ...(description === null ? {} : { description }),
      ...(status === undefined ? {} : { status: status as 'draft' }),
    });
    response.status(201).json(made);
  });
  app.get('/items/:item', (request, response) => {
    const found = store.one(callerOf(response).tenant, request.params.item);
    if (found === undefined) return absent(response);
    const description = isOn('guard-texts-are-templates')
      ? (found.description ?? '').replace(/\{\{(\d+)\*(\d+)\}\}/g, (_, a: string, b: string) =>
          String(Number(a) * Number(b)),
        )
      : found.description;
    if (request.accepts(['json', 'html']) === 'html') {
      const shown = isOn('guard-page-unescaped') ? (description ?? '') : escaped(description ?? '');
      return void response
        .type('html')
        .send(page('Item', `<h1>${escaped(found.title ?? '')}</h1><p>${shown}</p>`));
    }
    response.json({ ...found, description });
  });
  app.patch('/items/:item', (request, response) => {
    const { tenant } = callerOf(response);
    const id = request.params.item;
    if (store.one(tenant, id) === undefined) return absent(response);
    const given = item.partial().safeParse(request.body);
    if (!given.success) return invalid(response);
    store.change(tenant, id, Object.fromEntries(Object.entries(given.data)));
    response.json(store.one(tenant, id));
  });
  app.delete('/items/:item', (request, response) => {
    const { tenant } = callerOf(response);
    if (store.one(tenant, request.params.item) === undefined) return absent(response);
    store.remove(tenant, request.params.item);
    response.status(204).end();
  });
  app.get('/search', (request, response) => {
    const { tenant } = callerOf(response);
    const pattern = z.object({ 'q[$regex]': z.string() }).safeParse(request.query);
    if (pattern.success && isOn('guard-operator-in-query'))
      return void response.json({ items: store.matching(tenant, pattern.data['q[$regex]']) });
    const other = z.object({ 'q[$ne]': z.string() }).safeParse(request.query);
    if (other.success && isOn('guard-unequal-in-query'))
      return void response.json({ items: store.unequal(tenant, other.data['q[$ne]']) });
    const q = typeof request.query['q'] === 'string' ? request.query['q'] : '';
    const found = store.search(tenant, q);
    if (isOn('guard-search-page-repeats'))
      return void response
        .type('html')
        .send(
          page(
            'Search',
            `<p>You looked for ${q}</p>${found.map((one) => `<p>${escaped(one.id)}</p>`).join('')}`,
          ),
        );
    // The question is repeated, as data.
    response.json({ q, items: found });
  });
  app.get('/help', (request, response) => {
    const file = typeof request.query['file'] === 'string' ? request.query['file'] : 'start';
    const path = join('/usr/share/launch-ready-help', file);
    if (isOn('guard-any-file') && existsSync(path) && statSync(path).isFile())
      return void response.type('text').send(readFileSync(path, 'utf8'));
    response.json({ help: `nothing is written about ${file} yet` });
  });

  app.use((_request, response) => void response.status(404).json({ error: 'not found' }));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const known = failure.safeParse(error);
    response
      .status(known.success ? known.data.status : 500)
      .json({ error: 'the request could not be handled' });
  });
  return app;
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
