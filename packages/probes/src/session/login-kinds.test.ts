import { mkdtempSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { generateSync } from 'otplib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../clock.ts';
import { systemClock } from '../system-clock.ts';
import { resolveTarget } from '../target/resolve-target.ts';
import type { ActorInput } from '../target/actor-input.ts';
import { custom, env, login, oauth, savedState, wfc } from '../target/define-target.ts';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { testTransport, type TestTransport } from '../testing/test-transport.ts';
import { connectSessions, type Connected } from './connect-sessions.ts';

type Received = IncomingMessage & { readonly body: string };
type Handle = (request: Received, response: ServerResponse) => void;

let server: LoopbackServer;
let opened: TestTransport | null = null;
let offsetMs = 0;
const secrets: string[] = [];
const now = (): number => Date.now() + offsetMs;
const clock: Clock = {
  ...systemClock,
  now: () => new Date(now()),
  sleep: async (milliseconds) => {
    offsetMs += milliseconds;
  },
};
beforeEach(() => {
  offsetMs = 0;
  secrets.length = 0;
});
afterEach(async () => {
  await opened?.transport.close();
  await server.stop();
});

const folder = mkdtempSync(join(tmpdir(), 'logins-'));
const save = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const env0 = {
  ADA: 'Ada-password-1',
  CY: 'Cy-password-1',
  CLIENT: 'client secret/1',
  TOTP: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
};
const passwords: Readonly<Record<string, string>> = { 'ada@north.test': env0.ADA, 'cy@south.test': env0.CY };

async function connect(
  handle: Handle,
  actors: (origin: string) => readonly [ActorInput, ActorInput],
): Promise<Connected> {
  server = await startLoopbackServer(handle);
  const [north, south] = actors(server.origin);
  const target = resolveTarget(
    {
      name: 'Kinds',
      origins: { app: server.origin },
      tenants: { north: { admin: north }, south: { admin: south } },
    },
    { env: env0, folder, file: 'launch-ready.config.ts' },
  );
  opened = testTransport(target, {
    redactor: {
      addSecret: (value) => void secrets.push(value),
      text: (text) => text,
      headers: (list) => list,
    },
  });
  return connectSessions({ target, transport: opened.transport, operations: [], clock });
}

const reply = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void =>
  void response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(value));
const json = (request: Received): Record<string, string> => {
  try {
    return JSON.parse(request.body || '{}') as Record<string, string>;
  } catch {
    return {};
  }
};
const form = (request: Received): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(request.body));
const bearerOf = (request: Received): string => (request.headers.authorization ?? '').replace('Bearer ', '');
const get = (connected: Connected, actor: string, path: string) =>
  connected.sessions.send(actor, {
    probe: 't',
    purpose: 't',
    method: 'GET',
    url: `${server.origin}${path}`,
    effect: { kind: 'none' },
  });
const posts = (): readonly string[] => server.seen.filter((line) => line.startsWith('POST'));

/** Access tokens that live for a while by the test's clock. */
function issuer(lifetimeSeconds: number) {
  const live = new Map<string, { readonly user: string; readonly until: number }>();
  const refresh = new Map<string, string>();
  return {
    live,
    refresh,
    give: (
      user: string,
    ): { access_token: string; refresh_token: string; expires_in: number; token_type: string } => {
      const access = `at-${randomUUID()}`;
      const renewal = `rt-${randomUUID()}`;
      live.set(access, { user, until: now() + lifetimeSeconds * 1000 });
      refresh.set(renewal, user);
      return {
        access_token: access,
        refresh_token: renewal,
        expires_in: lifetimeSeconds,
        token_type: 'Bearer',
      };
    },
    userOf: (request: Received): string | null => {
      const found = live.get(bearerOf(request));
      return found && found.until > now() ? found.user : null;
    },
  };
}
const me = (request: Received, response: ServerResponse, user: string | null): boolean => {
  if (request.url !== '/api/me' && request.url !== '/api/notes') return false;
  reply(response, user === null ? 401 : 200, user === null ? {} : { id: user, email: user });
  return true;
};

/** A token endpoint after RFC 6749 with metadata after RFC 8414, whose refresh tokens rotate. */
function oauthApp(lifetimeSeconds: number): {
  readonly handle: Handle;
  readonly tokens: ReturnType<typeof issuer>;
} {
  const tokens = issuer(lifetimeSeconds);
  return {
    tokens,
    handle: (request, response) => {
      if (me(request, response, tokens.userOf(request))) return;
      if (request.url === '/.well-known/oauth-authorization-server')
        return reply(response, 200, {
          issuer: 'https://production.test',
          token_endpoint: 'https://production.test/v1/connect',
        });
      if (request.url !== '/v1/connect') return reply(response, 404, {});
      const fields = form(request);
      const basic = Buffer.from(
        (request.headers.authorization ?? '').replace('Basic ', ''),
        'base64',
      ).toString();
      if (basic !== `lr:${encodeURIComponent(env0.CLIENT)}`)
        return reply(response, 401, { error: 'invalid_client' });
      if (fields['grant_type'] === 'client_credentials')
        return reply(response, 200, tokens.give(`service ${fields['scope']}`));
      if (fields['grant_type'] === 'refresh_token') {
        const user = tokens.refresh.get(fields['refresh_token'] ?? '');
        tokens.refresh.delete(fields['refresh_token'] ?? '');
        return user === undefined
          ? reply(response, 400, { error: 'invalid_grant' })
          : reply(response, 200, tokens.give(user));
      }
      const { username = '', password } = fields;
      if (fields['grant_type'] !== 'password' || passwords[username] !== password)
        return reply(response, 400, { error: 'invalid_grant' });
      return reply(response, 200, tokens.give(username));
    },
  };
}
const client = { clientId: 'lr', clientSecret: env('CLIENT') };
const byPassword = (): readonly [ActorInput, ActorInput] => [
  oauth({ ...client, username: 'ada@north.test', password: env('ADA') }),
  oauth({ ...client, username: 'cy@south.test', password: env('CY') }),
];

test('OAuth logins by password find the token endpoint and are renewed by refresh token before they run out', async () => {
  const { handle, tokens } = oauthApp(90);
  const connected = await connect(handle, byPassword);
  expect(connected.sessions.actors.map(({ id }) => id)).toEqual(['north.admin', 'south.admin']);
  expect(connected.sessions.secretOf('north.admin')).toEqual({
    username: 'ada@north.test',
    password: env0.ADA,
  });
  const logins = posts().length;
  for (let step = 0; step < 4; step += 1) {
    offsetMs += 85_000;
    expect(await get(connected, 'north.admin', '/api/notes')).toMatchObject({
      status: 200,
      text: expect.stringContaining('ada@north.test'),
    });
  }
  expect(posts().length - logins).toBe(4);
  // No request was ever sent with a token that had run out.
  expect(
    opened?.exchanges.filter(({ probe, response }) => probe === 't' && response?.status === 401),
  ).toEqual([]);
  for (const token of [...tokens.refresh.keys(), env0.CLIENT]) expect(secrets).toContain(token);
});

test('a login tells its refresh token and how to trade it in', async () => {
  const { handle } = oauthApp(90);
  const { sessions } = await connect(handle, byPassword);
  const entered = await sessions.login('south.admin');
  if (entered.kind !== 'in' || !entered.refresh) throw new Error('no refresh token');
  const { refresh } = entered;
  expect(entered.credential.expiresAt).toBeGreaterThan(now() + 80_000);
  const trade = async (token?: string) =>
    sessions.sendWith(null, 'south.admin', {
      ...refresh.request(token),
      probe: 't',
      purpose: 't',
      effect: { kind: 'session' },
    });
  const first = await trade();
  const renewed = first.kind === 'answer' ? refresh.read(first) : null;
  expect(renewed).toMatchObject({ rotated: true, refresh: { seenToWork: true, place: 'form' } });
  const [credential] = renewed?.credentials ?? [];
  expect(credential && (await sessions.isAlive(credential, 't'))).toMatchObject({ alive: true });
  expect(await trade()).toMatchObject({ status: 400 });
  expect(renewed && (await trade(renewed.refresh.token))).toMatchObject({ status: 200 });
});

test('OAuth logins by client credentials and by a refresh token work, and a refused one says why', async () => {
  const { handle, tokens } = oauthApp(90);
  tokens.refresh.set(env0.CY, 'cy@south.test');
  const connected = await connect(handle, () => [
    oauth({ ...client, scope: 'notes' }),
    oauth({ ...client, refreshToken: env('CY') }),
  ]);
  expect(await get(connected, 'north.admin', '/api/notes')).toMatchObject({
    text: expect.stringContaining('service notes'),
  });
  offsetMs += 200_000;
  expect(await get(connected, 'south.admin', '/api/notes')).toMatchObject({ status: 200 });
  await opened?.transport.close();
  await server.stop();
  const wrong = await connect(handle, () => [
    oauth({ ...client, username: 'ada@north.test', password: env('ADA') }),
    oauth({ ...client, username: 'nobody', password: env('CY') }),
  ]);
  expect(wrong.logins().actors[1]).toMatchObject({
    proven: false,
    because: 'the login of south.admin: /v1/connect answers 400 invalid_grant',
  });
});

test('the refresh route of an application with a login of its own is found once, and used', async () => {
  const tokens = issuer(60);
  const connected = await connect(
    (request, response) => {
      if (me(request, response, tokens.userOf(request))) return;
      if (request.method === 'POST' && request.url === '/api/auth/login') {
        const { email = '', password } = json(request);
        if (passwords[email] !== password) return reply(response, 401, {});
        const { access_token: accessToken, refresh_token: refreshToken } = tokens.give(email);
        return reply(response, 200, { accessToken, refreshToken, expiresIn: 60 });
      }
      if (request.method === 'POST' && request.url === '/api/auth/token/refresh') {
        const user = tokens.refresh.get(json(request)['refreshToken'] ?? '');
        if (user === undefined) return reply(response, 401, {});
        return reply(response, 200, { accessToken: tokens.give(user).access_token });
      }
      return reply(response, 404, {});
    },
    () => [login('ada@north.test', env('ADA')), login('cy@south.test', env('CY'))],
  );
  const entered = await connected.sessions.login('north.admin');
  if (entered.kind !== 'in' || !entered.refresh) throw new Error('no refresh token');
  expect(entered.refresh).toMatchObject({ place: 'json', seenToWork: true });
  const request = entered.refresh.request();
  expect(request).toMatchObject({
    url: `${server.origin}/api/auth/token/refresh`,
    body: { value: { refreshToken: entered.refresh.token } },
  });
  const answer = await connected.sessions.sendWith(null, 'north.admin', {
    ...request,
    probe: 't',
    purpose: 't',
    effect: { kind: 'session' },
  });
  expect(answer.kind === 'answer' && entered.refresh.read(answer)).toMatchObject({ rotated: false });
  const before = server.seen.length;
  expect(await connected.sessions.login('south.admin')).toMatchObject({ kind: 'in', refresh: {} });
  expect(server.seen.length - before).toBe(2);
});

test('a second factor is given to a JSON login at its second step, each code once', async () => {
  const cookies = new Map<string, string>();
  const pending = new Map<string, string>();
  const usedCodes = new Set<string>();
  const secret = env0.TOTP.replaceAll(' ', '');
  const connected = await connect(
    (request, response) => {
      const id = /sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
      if (me(request, response, cookies.get(id) ?? null)) return;
      if (request.method !== 'POST') return reply(response, 404, {});
      const body = json(request);
      if (request.url === '/api/auth/login') {
        const { email = '', password } = body;
        if (passwords[email] !== password) return reply(response, 401, {});
        if (email === 'cy@south.test') {
          cookies.set('of-cy', email);
          return reply(response, 200, {}, { 'set-cookie': 'sid=of-cy; Path=/; HttpOnly' });
        }
        const ticket = randomUUID();
        pending.set(ticket, email);
        return reply(response, 200, { mfaRequired: true, mfaToken: ticket });
      }
      if (request.url === '/api/auth/mfa/verify') {
        const user = pending.get(body['mfaToken'] ?? '');
        const step = Math.floor(now() / 30_000);
        const good = [step, step + 1].some(
          (one) => generateSync({ secret, epoch: one * 30 }) === body['code'],
        );
        if (user === undefined || !good || usedCodes.has(body['code'] ?? ''))
          return reply(response, 401, { error: 'code' });
        usedCodes.add(body['code'] ?? '');
        const sid = randomUUID();
        cookies.set(sid, user);
        return reply(response, 200, {}, { 'set-cookie': `sid=${sid}; Path=/; HttpOnly` });
      }
      return reply(response, 404, {});
    },
    () => [login('ada@north.test', env('ADA'), { totp: env('TOTP') }), login('cy@south.test', env('CY'))],
  );
  expect(connected.sessions.actors).toHaveLength(2);
  for (let again = 0; again < 3; again += 1)
    expect(await connected.sessions.login('north.admin')).toMatchObject({
      kind: 'in',
      credential: { kind: 'cookie' },
    });
  expect(secrets).toContain(env0.TOTP.replaceAll(' ', ''));
});

test('a login that asks for a code without a secret for it says what to write', async () => {
  const attempt = connect(
    (request, response) =>
      request.url === '/api/auth/login'
        ? reply(response, 401, { error: 'two-factor code required' })
        : reply(response, 404, {}),
    () => [login('ada@north.test', env('ADA')), login('cy@south.test', env('CY'))],
  );
  await expect(attempt).rejects.toThrow('asks for a second factor; give its secret with totp: env(...)');
});

test('a form with a hidden token leads to a form for the code, and both are filled', async () => {
  const csrf = new Map<string, string>();
  const half = new Map<string, string>();
  const whole = new Map<string, string>();
  const html = (response: ServerResponse, text: string, headers: Record<string, string> = {}): void =>
    void response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(`<html>${text}</html>`);
  const secret = env0.TOTP.replaceAll(' ', '');
  const connected = await connect(
    (request, response) => {
      const id = /sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
      const user = whole.get(id);
      if (request.url === '/account')
        return user
          ? html(response, `Hello ${user} <a>Log out</a>`)
          : void response.writeHead(302, { location: '/enter' }).end();
      if (request.url === '/enter' && request.method === 'GET') {
        const [sid, token] = [randomUUID(), randomUUID()];
        csrf.set(sid, token);
        return html(
          response,
          `<form method="post"><input type="hidden" name="_csrf" value="${token}"><input name="email"><input type="password" name="password"></form>`,
          { 'set-cookie': `sid=${sid}; Path=/` },
        );
      }
      if (request.url === '/enter') {
        const fields = form(request);
        if (fields['_csrf'] === undefined || csrf.get(id) !== fields['_csrf'])
          return void response.writeHead(403).end();
        const email = fields['email'] ?? '';
        if (passwords[email] !== fields['password']) return void response.writeHead(401).end();
        half.set(id, email);
        return void response.writeHead(303, { location: '/code' }).end();
      }
      if (request.url === '/code' && request.method === 'GET' && half.has(id))
        return html(
          response,
          '<form action="/code" method="post"><input name="otp" autocomplete="one-time-code"><button>Go</button></form>',
        );
      if (request.url === '/code') {
        const step = Math.floor(now() / 30_000);
        const good = [step, step + 1].some(
          (one) => generateSync({ secret, epoch: one * 30 }) === form(request)['otp'],
        );
        if (!good) return void response.writeHead(401).end();
        const sid = randomUUID();
        whole.set(sid, half.get(id) ?? '');
        return void response
          .writeHead(303, { location: '/account', 'set-cookie': `sid=${sid}; Path=/` })
          .end();
      }
      return void response.writeHead(404).end();
    },
    () => [
      login('ada@north.test', env('ADA'), { url: '/enter', format: 'form', totp: env('TOTP') }),
      login('cy@south.test', env('CY'), { url: '/enter', format: 'form', totp: env('TOTP') }),
    ],
  );
  expect(connected.sessions.actors).toHaveLength(2);
});

test('saved browser states are used: cookies of one, a token in the local storage of another', async () => {
  const handle: Handle = (request, response) => {
    const user = /sid=kept-cookie-1/.test(request.headers.cookie ?? '')
      ? 'ada'
      : bearerOf(request) === 'stored-token-of-cy'
        ? 'cy'
        : null;
    if (!me(request, response, user)) reply(response, 404, {});
  };
  const connected = await connect(handle, (origin) => [
    savedState(
      save(
        'ada.json',
        JSON.stringify({
          cookies: [
            {
              name: 'sid',
              value: 'kept-cookie-1',
              domain: '127.0.0.1',
              path: '/',
              expires: -1,
              httpOnly: true,
              secure: false,
              sameSite: 'Lax',
            },
            { name: 'x', value: 'other', domain: 'other.test', path: '/' },
          ],
          origins: [],
        }),
      ),
    ),
    savedState(
      save(
        'cy.json',
        JSON.stringify({
          cookies: [],
          origins: [
            {
              origin,
              localStorage: [
                { name: 'auth', value: JSON.stringify({ state: { accessToken: 'stored-token-of-cy' } }) },
              ],
            },
          ],
        }),
      ),
    ),
  ]);
  expect(connected.logins().actors.map(({ because }) => because)).toEqual([
    'GET /api/me answers 200 with its cookie and 401 to nobody',
    'GET /api/me answers 200 with its bearer and 401 to nobody',
  ]);
  expect(secrets).toEqual(expect.arrayContaining(['kept-cookie-1', 'stored-token-of-cy']));
  expect(await connected.sessions.login('north.admin')).toMatchObject({ kind: 'refused' });
});

test('a function of the target file logs in, and again when its session was lost', async () => {
  const tokens = issuer(60);
  let calls = 0;
  const connected = await connect(
    (request, response) => {
      if (me(request, response, tokens.userOf(request))) return;
      if (request.url === '/odd' && request.method === 'PUT')
        return reply(response, 200, { a: [tokens.give(json(request)['who'] ?? '').access_token] });
      return reply(response, 404, {});
    },
    () => {
      const by = (who: string): ActorInput =>
        custom(async ({ request }) => {
          calls += 1;
          const answer = await request('PUT', '/odd', { json: { who } });
          const {
            a: [bearer],
          } = answer.json() as { a: [string] };
          return { bearer };
        });
      return [by('ada'), by('cy')];
    },
  );
  expect(await get(connected, 'north.admin', '/api/notes')).toMatchObject({
    text: expect.stringContaining('ada'),
  });
  tokens.live.clear();
  expect(await get(connected, 'north.admin', '/api/notes')).toMatchObject({ status: 200 });
  expect(calls).toBe(3);
});

test('accounts of a WFC file log in: fixed headers, a token of an answer, and cookies', async () => {
  const wfcFile = save(
    'auth.yml',
    `auth:
  - name: fixed
    fixedHeaders: [{ name: X-Who, value: secret-of-ada }]
  - name: token
    loginEndpointAuth:
      payloadUserPwd: { username: cy@south.test, password: ${env0.CY}, usernameField: u, passwordField: p }
authTemplate:
  loginEndpointAuth:
    endpoint: /enter
    verb: PUT
    contentType: application/x-www-form-urlencoded
    token: { extractFromField: /data/key, httpHeaderName: Authorization, headerPrefix: 'Token ' }
`,
  );
  const tokens = issuer(60);
  const handle: Handle = (request, response) => {
    const token = (request.headers.authorization ?? '').replace('Token ', '');
    const user =
      request.headers['x-who'] === 'secret-of-ada' ? 'ada' : (tokens.live.get(token)?.user ?? null);
    if (me(request, response, user)) return;
    const { u = '', p } = form(request);
    if (request.url === '/enter' && request.method === 'PUT' && passwords[u] === p)
      return reply(response, 200, { data: { key: tokens.give(u).access_token } });
    return reply(response, 404, {});
  };
  const connected = await connect(handle, () => [wfc(wfcFile, 'fixed'), wfc(wfcFile, 'token')]);
  expect(connected.sessions.actors).toHaveLength(2);
  expect(secrets).toEqual(expect.arrayContaining(['secret-of-ada', env0.CY]));
  tokens.live.clear();
  expect(await get(connected, 'south.admin', '/api/notes')).toMatchObject({ status: 200 });
  await server.stop();
  await expect(connect(handle, () => [wfc(wfcFile, 'fixed'), wfc(wfcFile, 'who')])).rejects.toThrow(
    'launch-ready.config.ts: tenants.south.admin.wfc: auth.yml has no user who; it has fixed, token',
  );
});

test('signs of life are asked for only when no answer showed one', async () => {
  const tokens = issuer(3600);
  const connected = await connect(
    (request, response) => {
      if (me(request, response, tokens.userOf(request))) return;
      const { email = '', password } = json(request);
      if (request.url === '/api/auth/login' && passwords[email] === password)
        return reply(response, 200, tokens.give(email));
      return reply(response, 404, {});
    },
    () => [login('ada@north.test', env('ADA')), login('cy@south.test', env('CY'))],
  );
  await connected.heartbeat('first/probe');
  const start = server.seen.length;
  // Idle accounts can have proven nothing since.
  await connected.heartbeat('second/probe');
  expect(server.seen.length).toBe(start);
  // An answer that nobody else gets is a sign of life.
  await connected.sessions.send('anonymous', {
    probe: 't',
    purpose: 't',
    method: 'GET',
    url: `${server.origin}/api/notes`,
    effect: { kind: 'none' },
  });
  await get(connected, 'north.admin', '/api/notes');
  await connected.heartbeat('third/probe');
  expect(server.seen.length - start).toBe(2);
  // A refusal leaves it open.
  await get(connected, 'north.admin', '/api/notes');
  await get(connected, 'north.admin', '/api/nothing');
  await connected.heartbeat('fourth/probe');
  expect(server.seen.slice(start + 4)).toEqual(['GET /api/me']);
  expect(
    connected
      .logins()
      .actors.map(({ heartbeats }) => heartbeats.map(({ after, alive }) => `${after} ${alive}`)),
  ).toEqual([['first/probe true', 'third/probe true', 'fourth/probe true'], ['first/probe true']]);
});

test('a session that died after its last good answer is noticed', async () => {
  const tokens = issuer(3600);
  let open = true;
  const connected = await connect(
    (request, response) => {
      if (me(request, response, tokens.userOf(request))) return;
      const { email = '', password } = json(request);
      if (open && request.url === '/api/auth/login' && passwords[email] === password)
        return reply(response, 200, tokens.give(email));
      return reply(response, 404, {});
    },
    () => [login('ada@north.test', env('ADA')), login('cy@south.test', env('CY'))],
  );
  await get(connected, 'north.admin', '/api/notes');
  tokens.live.clear();
  open = false;
  await get(connected, 'north.admin', '/api/hidden');
  await connected.heartbeat('some/probe');
  expect(connected.logins().actors[0]?.heartbeats).toMatchObject([{ alive: false }]);
});
