import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import { LoginGuard } from '../login-guard.ts';
import { SessionTable } from '../session-table.ts';
import type { IsOn } from '../world.ts';

const credentials = z.object({ email: z.string().max(254), password: z.string().max(200) });
const open = new Set(['/', '/openapi.json']);

export interface Front {
  /** Wraps an application, so that nothing reaches it without a session. */
  before(app: RequestListener): RequestListener;
  /** Who sent a request that was let through; null for nobody. */
  senderOf(request: IncomingMessage): Account | null;
}

/** What stands before the desk, as a gateway would: it signs people in and turns everybody else away. */
export function deskFront(accounts: readonly Account[], isOn: IsOn): Front {
  const sessions = new SessionTable();
  const guard = new LoginGuard();
  const senders = new WeakMap<IncomingMessage, Account>();
  const answer = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const signIn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = credentials.safeParse(await bodyOf(request));
    if (!given.success) return answer(response, 422, { error: 'email and password are needed' });
    const { email, password } = given.data;
    const address = request.socket.remoteAddress ?? '';
    const seconds = guard.waits(email, address);
    if (seconds > 0) {
      response.setHeader('retry-after', String(seconds));
      return answer(response, 429, { error: 'slow down' });
    }
    const account = accounts.find((one) => one.email === email && one.password === password);
    if (account === undefined) {
      guard.failed(email, address);
      return answer(response, 401, { error: 'wrong email or password' });
    }
    guard.succeeded(email);
    answer(response, 200, { token: sessions.open(account) });
  };
  return {
    senderOf: (request) => senders.get(request) ?? null,
    before: (app) => (request, response) => {
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('cache-control', 'no-store');
      const path = new URL(request.url ?? '/', 'http://desk').pathname;
      if (path === '/api/auth/login' && request.method === 'POST') return void signIn(request, response);
      const token = request.headers.authorization?.replace(/^Bearer /, '');
      const sender = sessions.whoIs(token);
      if (sender !== null) senders.set(request, sender);
      if (sender === null && !open.has(path) && !isForgotten(request, path, isOn))
        return answer(response, 401, { error: 'sign in first' });
      if (path === '/api/auth/logout' && request.method === 'POST') {
        sessions.end(token);
        return void response.writeHead(204).end();
      }
      if (path === '/api/auth/me')
        return answer(response, 200, { email: sender?.email, tenant: sender?.tenant, role: sender?.role });
      app(request, response);
    },
  };
}

/** Routes that a fault leaves out of the front. */
const isForgotten = ({ method }: IncomingMessage, path: string, isOn: IsOn): boolean =>
  (isOn('source-front-forgets-a-read') && method === 'GET' && /^\/api\/notes\/[^/]+$/.test(path)) ||
  (isOn('source-front-forgets-a-change') && method === 'PATCH' && /^\/api\/notes\/[^/]+$/.test(path));

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return null;
  }
}
