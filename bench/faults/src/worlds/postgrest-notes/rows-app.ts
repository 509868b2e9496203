import { randomUUID } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import { LoginGuard } from '../login-guard.ts';
import { SessionTable } from '../session-table.ts';
import type { IsOn } from '../world.ts';
import { rowsDocument } from './rows-document.ts';

interface Row {
  readonly id: string;
  readonly tenant: string;
  title: unknown;
  body: unknown;
}

const body = z.record(z.string(), z.unknown()).catch({});
const fieldsOf = (request: Request): Readonly<Record<string, unknown>> => body.parse(request.body);

/** What does not fit its column, in the words of PostgreSQL; null when everything does. */
function unfit(given: Readonly<Record<string, unknown>>): object | null {
  for (const [name, longest] of Object.entries({ title: 200, body: 20_000 })) {
    const value = given[name];
    if (value === undefined || (value === null && name === 'body')) continue;
    if (value === null) return { code: '23502', message: `null value in column "${name}"` };
    if (typeof value !== 'string')
      return { code: '22P02', message: `invalid input for column "${name}" of type text` };
    if (value.length > longest)
      return { code: '22001', message: `value too long for type character varying(${longest})` };
  }
  return null;
}

const columns = ['id', 'title', 'body'];

/** Notes behind the dialect of PostgREST: filters in the query, rows in arrays, and policies per command. */
export function rowsApp(accounts: readonly Account[], isOn: IsOn): Express {
  const sessions = new SessionTable();
  const guard = new LoginGuard();
  let rows: Row[] = [];
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    next();
  });
  app.use(express.json({ limit: '64kb' }));
  app.get('/', (_request, response) => {
    response
      .set('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
      .type('html')
      .send('<!doctype html><title>Notes</title><p>Sign in.</p>');
  });
  const tokenOf = (request: Request): string | undefined =>
    /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const callerOf = (request: Request): Account | null => sessions.whoIs(tokenOf(request));

  app.post('/auth/login', (request, response) => {
    const { email, password } = fieldsOf(request);
    if (typeof email !== 'string' || typeof password !== 'string')
      return void response.status(400).json({ message: 'email and password are needed' });
    const seconds = guard.waits(email, request.ip ?? '');
    if (seconds > 0)
      return void response.status(429).set('retry-after', String(seconds)).json({ message: 'slow down' });
    const account = accounts.find((one) => one.email === email && one.password === password);
    if (!account) {
      guard.failed(email, request.ip ?? '');
      return void response.status(401).json({ message: 'wrong email or password' });
    }
    guard.succeeded(email);
    response.json({ access_token: sessions.open(account), email });
  });
  app.get('/auth/me', (request, response) => {
    const caller = callerOf(request);
    if (!caller) return void response.status(401).json({ message: 'sign in first' });
    response.json({ email: caller.email, tenant: caller.tenant });
  });
  app.post('/auth/logout', (request, response) => {
    sessions.end(tokenOf(request));
    response.status(204).end();
  });

  app.get('/rest/v1/', (_request, response) => void response.json(rowsDocument));

  /** Rows that a command reaches: by its policy, then by the filters of the query. */
  const reached = (request: Request, command: 'select' | 'update' | 'delete'): readonly Row[] => {
    const tenant = callerOf(request)?.tenant;
    const open = isOn(`rows-${command}-without-policy`);
    const mine = rows.filter((row) => open || row.tenant === tenant);
    return mine.filter((row) =>
      columns.every((column) => {
        const filter = request.query[column];
        if (typeof filter !== 'string') return true;
        return filter === `eq.${String(Object.entries(row).find(([name]) => name === column)?.[1])}`;
      }),
    );
  };
  const shown = ({ id, title, body }: Row): object => ({ id, title, body });
  const send = (request: Request, response: Response, status: number, found: readonly Row[]): void => {
    if (!(request.headers.prefer ?? '').includes('return=representation'))
      return void response.status(status === 201 ? 201 : 204).end();
    response.status(status).json(found.map(shown));
  };
  const refused = { code: '42501', message: 'new row violates row-level security policy for table "notes"' };

  app
    .route('/rest/v1/notes')
    .get((request, response) => {
      const limit = Number(request.query['limit'] ?? 1000);
      response.json(reached(request, 'select').slice(0, limit).map(shown));
    })
    .post((request, response) => {
      const caller = callerOf(request);
      if (!caller) return void response.status(401).json(refused);
      const given = fieldsOf(request);
      if (typeof given['title'] !== 'string')
        return void response.status(400).json({ code: '23502', message: 'null value in column "title"' });
      const problem = unfit(given);
      if (problem) return void response.status(400).json(problem);
      const row: Row = {
        id: randomUUID(),
        tenant: caller.tenant,
        title: given['title'],
        body: given['body'] ?? null,
      };
      rows.push(row);
      send(request, response, 201, [row]);
    })
    .patch((request, response) => {
      if (!callerOf(request)) return void response.status(401).json(refused);
      const found = reached(request, 'update');
      const given = fieldsOf(request);
      const problem = unfit(given);
      if (problem) return void response.status(400).json(problem);
      for (const row of found) {
        if (given['title'] !== undefined) row.title = given['title'];
        if (given['body'] !== undefined) row.body = given['body'];
      }
      send(request, response, 200, found);
    })
    .delete((request, response) => {
      if (!callerOf(request)) return void response.status(401).json(refused);
      const found = reached(request, 'delete');
      rows = rows.filter((row) => !found.includes(row));
      send(request, response, 200, found);
    });
  app.use((_request, response) => void response.status(404).json({ message: 'not found' }));
  app.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    response.status(400).json({ code: 'PGRST102', message: 'Empty or invalid json' });
  });
  return app;
}
