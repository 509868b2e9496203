import { expect, test } from 'vitest';
import { env, login } from '../target/define-target.ts';
import { passwords, connect, reply, json, get, issuer, me, bench } from './testing/login-bench.ts';

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
  const start = bench.server.seen.length;
  // Idle accounts can have proven nothing since.
  await connected.heartbeat('second/probe');
  expect(bench.server.seen.length).toBe(start);
  // An answer that nobody else gets is a sign of life.
  await connected.sessions.send('anonymous', {
    probe: 't',
    purpose: 't',
    method: 'GET',
    url: `${bench.server.origin}/api/notes`,
    effect: { kind: 'none' },
  });
  await get(connected, 'north.admin', '/api/notes');
  await connected.heartbeat('third/probe');
  expect(bench.server.seen.length - start).toBe(2);
  // A refusal leaves it open.
  await get(connected, 'north.admin', '/api/notes');
  await get(connected, 'north.admin', '/api/nothing');
  await connected.heartbeat('fourth/probe');
  expect(bench.server.seen.slice(start + 4)).toEqual(['GET /api/me']);
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
