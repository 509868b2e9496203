import { expect, test } from 'vitest';
import type { ActorInput } from '../target/actor-input.ts';
import { custom, savedState, wfc } from '../target/define-target.ts';
import {
  save,
  env0,
  passwords,
  connect,
  reply,
  json,
  form,
  bearerOf,
  get,
  issuer,
  me,
  bench,
  type Handle,
} from './testing/login-bench.ts';

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
  expect(bench.secrets).toEqual(expect.arrayContaining(['kept-cookie-1', 'stored-token-of-cy']));
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
  expect(bench.secrets).toEqual(expect.arrayContaining(['secret-of-ada', env0.CY]));
  tokens.live.clear();
  expect(await get(connected, 'south.admin', '/api/notes')).toMatchObject({ status: 200 });
  await bench.server.stop();
  await expect(connect(handle, () => [wfc(wfcFile, 'fixed'), wfc(wfcFile, 'who')])).rejects.toThrow(
    'launch-ready.config.ts: tenants.south.admin.wfc: auth.yml has no user who; it has fixed, token',
  );
});
