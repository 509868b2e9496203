import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '@launch-ready/core';
import { afterEach, expect, test } from 'vitest';
import type { Target, TargetActor } from '../target/target.ts';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport, type TestTransport } from '../testing/test-transport.ts';
import { connectSessions, type Connected } from './connect-sessions.ts';

const passwords: Readonly<Record<string, string>> = {
  'ada@north.test': 'north-Admin-password-1',
  'cy@south.test': 'south-Admin-password-1',
  'tom@north.test': 'north-Throw-password-1',
};
const actor = (id: string, username: string, password = passwords[username] ?? ''): TargetActor => ({
  id,
  tenant: id.split('.')[0] ?? '',
  role: id.split('.')[1] ?? '',
  login: { kind: 'password', username, password },
});
const both = [actor('north.admin', 'ada@north.test'), actor('south.admin', 'cy@south.test')];

type Received = IncomingMessage & { readonly body: string };
let server: LoopbackServer;
let opened: TestTransport;
afterEach(async () => {
  await opened?.transport.close();
  await server.stop();
});

async function connect(
  handle: (request: Received, response: ServerResponse) => void,
  more: Partial<Target> = {},
  operations: (origin: string) => readonly Operation[] = () => [],
): Promise<Connected> {
  server = await startLoopbackServer(handle);
  const target = loopbackTarget(server.origin, { actors: both, ...more });
  opened = testTransport(target);
  return connectSessions({
    target,
    transport: opened.transport,
    operations: operations(server.origin),
    clock: opened.clock,
  });
}

const reply = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string | string[]> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
};
const fields = (request: Received): Record<string, string> =>
  /json/.test(request.headers['content-type'] ?? '')
    ? (JSON.parse(request.body) as Record<string, string>)
    : Object.fromEntries(new URLSearchParams(request.body));
const cookieOf = (request: Received, name: string): string =>
  new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';

/** An application with bearer tokens that can be made to forget them. */
function bearerApp(loginPath: string, userField: string, answer: (token: string) => unknown) {
  const tokens = new Map<string, string>();
  const handle = (request: Received, response: ServerResponse): void => {
    const user = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (request.method === 'POST' && request.url === loginPath) {
      const { [userField]: name, password } = fields(request);
      if (name === undefined || password === undefined) return reply(response, 422, { error: 'fields' });
      if (passwords[name] !== password) return reply(response, 401, { error: 'wrong' });
      const token = randomUUID();
      tokens.set(token, name);
      return reply(response, 200, answer(token));
    }
    if (request.url === '/api/me')
      return user ? reply(response, 200, { id: user, email: user }) : reply(response, 401, {});
    if (request.url === '/api/admin-only') return user ? reply(response, 403, {}) : reply(response, 401, {});
    if (request.url === '/api/posts') return user ? reply(response, 200, [user]) : reply(response, 401, {});
    return reply(response, 404, {});
  };
  return { handle, tokens };
}

test('a bearer login is found at a well-known place and proven', async () => {
  const { handle } = bearerApp('/api/auth/login', 'email', (token) => ({ data: { accessToken: token } }));
  const { sessions, logins } = await connect(handle);
  expect(sessions.actors.map(({ id }) => id)).toEqual(['north.admin', 'south.admin']);
  expect(logins().actors[0]).toMatchObject({
    proven: true,
    because: 'GET /api/me answers 200 with its bearer and 401 to nobody',
  });
  const answer = await sessions.send('south.admin', {
    probe: 't',
    purpose: 't',
    method: 'GET',
    url: `${server.origin}/api/posts`,
    effect: { kind: 'none' },
  });
  expect(answer).toMatchObject({ kind: 'answer', status: 200, text: '["cy@south.test"]' });
});

test('a route with another field name and another token name is found', async () => {
  const { handle } = bearerApp('/api/auth/local', 'identifier', (token) => ({ jwt: token, user: {} }));
  expect((await connect(handle)).sessions.actors).toHaveLength(2);
});

const signin = (origin: string): Operation[] => [
  {
    id: 'POST /v9/enter/signin',
    method: 'POST',
    path: '/v9/enter/signin',
    origin,
    tags: [],
    slots: [],
    body: {
      contentType: 'application/json',
      required: true,
      schema: { properties: { login: {}, password: {} } },
    },
    responses: [],
    declaredAuth: 'unstated',
    sources: [],
  },
];

test('a login that only the document names is found, with its fields', async () => {
  const { handle } = bearerApp('/v9/enter/signin', 'login', (token) => ({ token }));
  const { sessions } = await connect(handle, {}, signin);
  expect(sessions.actors).toHaveLength(2);
  expect(server.seen.filter((line) => line.startsWith('POST'))).toHaveLength(2);
  expect(sessions.loginRequest({ username: 'x', password: 'y' })).toMatchObject({
    body: { kind: 'json', value: { login: 'x', password: 'y' } },
  });
});

function cookieApp(cookie: string, attributes: string) {
  const live = new Map<string, string>();
  return (request: Received, response: ServerResponse): void => {
    const user = live.get(cookieOf(request, cookie));
    if (request.method === 'POST' && request.url === '/api/login') {
      const { email, password } = fields(request);
      if (email === undefined) return reply(response, 400, {});
      // Success by status alone says nothing.
      if (passwords[email] !== password)
        return reply(response, 200, { error: 'wrong' }, { 'set-cookie': 'visitor=somebody; Path=/' });
      const id = randomUUID();
      live.set(id, email);
      return reply(
        response,
        200,
        { ok: true },
        { 'set-cookie': [`${cookie}=${id}; ${attributes}`, 'XSRF-TOKEN=page-token-123; Path=/'] },
      );
    }
    if (request.url === '/api/session') return reply(response, 200, { user: user ?? null });
    if (request.method === 'POST' && request.url === '/api/posts') {
      const fromPage =
        request.headers['x-xsrf-token'] === 'page-token-123' && request.headers.origin === server.origin;
      return reply(response, user && fromPage ? 201 : 403, {});
    }
    return reply(response, 404, {});
  };
}

test('a cookie login is found, its Secure cookie is kept on loopback, and page headers go along', async () => {
  const { sessions } = await connect(cookieApp('__Host-session', 'Path=/; Secure; HttpOnly; SameSite=Lax'));
  expect(sessions.actors).toHaveLength(2);
  expect(sessions.current('north.admin').kind).toBe('cookie');
  const post = {
    probe: 't',
    purpose: 't',
    method: 'POST',
    url: `${server.origin}/api/posts`,
    effect: { kind: 'session' },
  } as const;
  expect(await sessions.send('north.admin', post)).toMatchObject({ status: 201 });
  const credential = sessions.current('north.admin');
  expect(
    await sessions.sendWith(credential, 'north.admin', {
      ...post,
      headers: [['origin', 'https://evil.test']],
    }),
  ).toMatchObject({ status: 403 });
  expect(await sessions.sendWith(credential.tampered(), 'north.admin', post)).toMatchObject({ status: 403 });
  expect(await sessions.isAlive(credential, 't')).toMatchObject({ alive: true });
  expect(await sessions.isAlive(credential.tampered(), 't')).toMatchObject({ alive: false, unsure: null });
});

test('a login that answers 200 without a session is a failed login and names the actor and the account', async () => {
  const wrong = [both[0] ?? actor('', ''), actor('south.admin', 'cy@south.test', 'not-the-password-1')];
  const { sessions, logins } = await connect(cookieApp('sid', 'Path=/; HttpOnly'), { actors: wrong });
  expect(sessions.actors.map(({ id }) => id)).toEqual(['north.admin']);
  const record = logins().actors[1];
  expect(record).toMatchObject({ actor: 'south.admin', proven: false });
  expect(record?.because).toMatch(/POST \/api\/login refused the login of cy@south\.test/);
  expect(record?.because).not.toContain('not-the-password-1');
});

test('a form with a hidden token is found behind a redirect', async () => {
  const live = new Map<string, string>();
  const tokens = new Set<string>();
  const { sessions } = await connect((request, response) => {
    const user = live.get(cookieOf(request, 'sid'));
    if (request.method === 'GET' && request.url === '/login')
      return response.writeHead(302, { location: '/enter' }).end();
    if (request.method === 'GET' && request.url === '/enter') {
      const token = randomUUID();
      tokens.add(token);
      return response
        .writeHead(200, { 'content-type': 'text/html', 'set-cookie': `pre=${token}; Path=/` })
        .end(
          `<form action="/enter" method=post><input type=hidden name="_csrf" value="${token}"><input name=user_login type='text'><input type="password" name="pw"></form>`,
        );
    }
    if (request.method === 'POST' && request.url === '/enter') {
      const { _csrf, user_login: name, pw } = fields(request);
      const good =
        _csrf === cookieOf(request, 'pre') &&
        tokens.delete(_csrf ?? '') &&
        name !== undefined &&
        passwords[name] === pw;
      if (!good) return response.writeHead(302, { location: '/login?error=1' }).end();
      const id = randomUUID();
      live.set(id, name);
      return response.writeHead(302, { location: '/', 'set-cookie': `sid=${id}; Path=/; HttpOnly` }).end();
    }
    if (request.url === '/' || request.url === '/dashboard') {
      if (!user) return response.writeHead(302, { location: '/login' }).end();
      return response.writeHead(200, { 'content-type': 'text/html' }).end(`<html>Hello ${user}</html>`);
    }
    return response.writeHead(404).end('nothing');
  });
  expect(sessions.actors).toHaveLength(2);
  expect(sessions.loginRequest({ username: 'x', password: 'y' })).toBeNull();
});

test('a login that wants a CSRF token of an address of its own gets it', async () => {
  const live = new Map<string, string>();
  const { sessions } = await connect((request, response) => {
    const pre = cookieOf(request, 'pre');
    if (request.url === '/api/csrf') {
      return reply(response, 200, { csrfToken: 'csrf-of-visitor' }, { 'set-cookie': 'pre=visitor; Path=/' });
    }
    if (request.url === '/api/me') {
      const user = live.get(cookieOf(request, 'sid'));
      return user ? reply(response, 200, { email: user }) : reply(response, 401, {});
    }
    if (request.url !== '/api/auth/login' || request.method !== 'POST') return reply(response, 404, {});
    if (request.headers['x-csrf-token'] !== `csrf-of-${pre}`) return reply(response, 403, { error: 'csrf' });
    const { email = '', password } = fields(request);
    if (passwords[email] !== password) return reply(response, 401, {});
    const id = randomUUID();
    live.set(id, email);
    return reply(response, 200, {}, { 'set-cookie': `sid=${id}; Path=/` });
  });
  expect(sessions.actors).toHaveLength(2);
  expect(sessions.current('north.admin').pageHeaders?.(server.origin)).toEqual([
    ['x-csrf-token', 'csrf-of-visitor'],
  ]);
  expect(await sessions.login('north.admin')).toMatchObject({ kind: 'in' });
});

test('a token in a response header is found', async () => {
  const { sessions } = await connect((request, response) => {
    const user = /^Bearer header-token-of-(.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (request.url === '/api/me')
      return user ? reply(response, 200, { email: user }) : reply(response, 403, {});
    if (request.url !== '/login' || request.method !== 'POST') return reply(response, 404, {});
    const { username = '', password } = fields(request);
    if (passwords[username] !== password) return reply(response, 401, {});
    return response.writeHead(204, { authorization: `Bearer header-token-of-${username}` }).end();
  });
  expect(sessions.actors).toHaveLength(2);
});

test('an expired token is renewed and its refusal is never handed out, a real refusal is', async () => {
  const app = bearerApp('/api/login', 'email', (token) => ({ token }));
  const { sessions, heartbeat, logins } = await connect(app.handle);
  app.tokens.clear();
  const get = {
    probe: 't',
    purpose: 't',
    method: 'GET',
    url: `${server.origin}/api/posts`,
    effect: { kind: 'none' },
  } as const;
  const answers = await Promise.all([sessions.send('north.admin', get), sessions.send('north.admin', get)]);
  expect(answers.map((answer) => answer.kind === 'answer' && answer.status)).toEqual([200, 200]);
  const before = server.seen.length;
  expect(
    await sessions.send('north.admin', { ...get, url: `${server.origin}/api/admin-only` }),
  ).toMatchObject({ status: 403 });
  expect(server.seen.length - before).toBe(1);
  app.tokens.clear();
  await heartbeat('some/probe');
  expect(logins().actors[0]?.heartbeats).toMatchObject([{ after: 'some/probe', alive: true }]);
});

test('an account that cannot come back is seen as lost by the heartbeat', async () => {
  const app = bearerApp('/api/login', 'email', (token) => ({ token }));
  let closed = false;
  const { heartbeat, logins, sessions } = await connect((request, response) =>
    closed && request.method === 'POST' ? reply(response, 401, {}) : app.handle(request, response),
  );
  app.tokens.clear();
  closed = true;
  await heartbeat('access/reset');
  expect(logins().actors.map((record) => record.heartbeats[0]?.alive)).toEqual([false, false]);
  const url = `${server.origin}/api/posts`;
  expect(
    await sessions.send('north.admin', {
      probe: 't',
      purpose: 't',
      method: 'GET',
      url,
      effect: { kind: 'none' },
    }),
  ).toMatchObject({ status: 401 });
});

test('logging in once more gives an independent session, and a wrong password none', async () => {
  const app = bearerApp('/api/login', 'email', (token) => ({ token }));
  const throwaways = { north: actor('north.throwaway', 'tom@north.test') };
  const { sessions } = await connect(app.handle, { throwaways });
  const again = await sessions.login('north.admin');
  if (again.kind !== 'in') throw new Error(again.because);
  expect(again.credential.headers(server.origin)).not.toEqual(
    sessions.current('north.admin').headers(server.origin),
  );
  expect(await sessions.login('north.admin', 'wrong-password-77')).toMatchObject({
    kind: 'refused',
    because: 'status 401',
  });
  expect(sessions.throwaway('north')).toBe('north.throwaway');
  expect(await sessions.login('north.throwaway')).toMatchObject({ kind: 'in' });
  const url = `${server.origin}/api/posts`;
  const answer = await sessions.send('north.throwaway', {
    probe: 't',
    purpose: 't',
    method: 'GET',
    url,
    effect: { kind: 'none' },
  });
  expect(answer).toMatchObject({ text: '["tom@north.test"]' });
});

test('a wall that refuses every path is not taken for a login', async () => {
  const attempt = connect((_, response) => reply(response, 401, { error: 'who are you' }));
  await expect(attempt).rejects.toThrow(
    /no account could log in \(north\.admin, south\.admin: no login was found/,
  );
});

test('a single-page shell that answers everything is not taken for a login', async () => {
  const shell = '<html><div id=app></div></html>';
  const attempt = connect((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(shell),
  );
  await expect(attempt).rejects.toThrow(/no account could log in/);
});

test('a wrong password is tried a few times at most', async () => {
  const app = bearerApp('/api/auth/login', 'email', (token) => ({ token }));
  const wrong = [actor('north.admin', 'ada@north.test', 'not-the-password-1')];
  await expect(connect(app.handle, { actors: wrong })).rejects.toThrow(
    /POST \/api\/auth\/login refused the login of ada@north\.test/,
  );
  expect(server.seen.filter((line) => line === 'POST /api/auth/login').length).toBeLessThanOrEqual(3);
});

test('two actors with one account are refused', async () => {
  const app = bearerApp('/api/login', 'email', (token) => ({ token }));
  const actors = [actor('north.admin', 'ada@north.test'), actor('south.admin', 'ada@north.test')];
  await expect(connect(app.handle, { actors })).rejects.toThrow(
    'north.admin and south.admin are the same account',
  );
});

test('ready-made bearers and cookies are proven too', async () => {
  const app = bearerApp('/api/login', 'email', (token) => ({ token }));
  app.tokens.set('ready-made-token-1', 'ada@north.test');
  const given: TargetActor = {
    id: 'north.admin',
    tenant: 'north',
    role: 'admin',
    login: { kind: 'bearer', token: 'ready-made-token-1' },
  };
  const stale: TargetActor = {
    id: 'south.admin',
    tenant: 'south',
    role: 'admin',
    login: { kind: 'cookie', cookie: 'sid=nothing-known' },
  };
  const { sessions, logins } = await connect(app.handle, { actors: [given, stale] });
  expect(sessions.actors.map(({ id }) => id)).toEqual(['north.admin']);
  expect(logins().actors[1]?.because).toBe('the cookie given for it is not recognised anywhere');
});
