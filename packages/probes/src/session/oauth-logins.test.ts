import { expect, test } from 'vitest';
import type { ActorInput } from '../target/actor-input.ts';
import { env, login, oauth } from '../target/define-target.ts';
import {
  env0,
  passwords,
  connect,
  reply,
  json,
  now,
  form,
  get,
  posts,
  issuer,
  me,
  bench,
  type Handle,
} from './testing/login-bench.ts';

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
    bench.offsetMs += 85_000;
    expect(await get(connected, 'north.admin', '/api/notes')).toMatchObject({
      status: 200,
      text: expect.stringContaining('ada@north.test'),
    });
  }
  expect(posts().length - logins).toBe(4);
  // No request was ever sent with a token that had run out.
  expect(
    bench.opened?.exchanges.filter(({ probe, response }) => probe === 't' && response?.status === 401),
  ).toEqual([]);
  for (const token of [...tokens.refresh.keys(), env0.CLIENT]) expect(bench.secrets).toContain(token);
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
  bench.offsetMs += 200_000;
  expect(await get(connected, 'south.admin', '/api/notes')).toMatchObject({ status: 200 });
  await bench.opened?.transport.close();
  await bench.server.stop();
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
    url: `${bench.server.origin}/api/auth/token/refresh`,
    body: { value: { refreshToken: entered.refresh.token } },
  });
  const answer = await connected.sessions.sendWith(null, 'north.admin', {
    ...request,
    probe: 't',
    purpose: 't',
    effect: { kind: 'session' },
  });
  expect(answer.kind === 'answer' && entered.refresh.read(answer)).toMatchObject({ rotated: false });
  const before = bench.server.seen.length;
  expect(await connected.sessions.login('south.admin')).toMatchObject({ kind: 'in', refresh: {} });
  expect(bench.server.seen.length - before).toBe(2);
});
