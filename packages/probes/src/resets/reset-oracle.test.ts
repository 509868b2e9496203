import { randomUUID } from 'node:crypto';
import type { EvidenceMap } from '@launch-ready/core';
import { afterEach, expect, test } from 'vitest';
import { createLeakIndex } from '../leaks/leak-index.ts';
import { discoverOperations } from '../discover/discover-operations.ts';
import { seededRandom } from '../seeded-random.ts';
import { connectSessions } from '../session/connect-sessions.ts';
import type { TargetActor } from '../target/target.ts';
import { startLoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import { resetReplay } from './reset-replay.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});

type Reset = (username: string, isKnown: boolean) => { readonly status: number; readonly said: string };

const actor = (tenant: string, role: string): TargetActor => ({
  id: `${tenant}.${role}`,
  tenant,
  role,
  login: { kind: 'password', username: `${tenant}_${role}`, password: `Secret-${tenant}-${role}` },
});
const actors = ['north', 'south'].flatMap((tenant) => [actor(tenant, 'member')]);
const throwaways = { north: actor('north', 'throwaway'), south: actor('south', 'throwaway') };

const text = { type: 'string' };
const post = (properties: object): object => ({
  post: {
    security: [],
    requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } },
    responses: { 200: { description: 'done' } },
  },
});
const document = (reset: object): object => ({
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/login': post({ username: text, password: text }),
    '/me': { get: { responses: { 200: { description: 'done' } } } },
    '/reset-password': post(reset),
    '/reset-password/new-password': post({ username: text, reset_code: text, new_password: text }),
  },
});

/** An application whose accounts have names and no mail addresses, reviewed for its resets. */
async function oracleOf(
  reset: Reset,
  fields: object = { username: text },
): Promise<{
  readonly data: EvidenceMap['resetReplay'];
  readonly leftovers: number;
}> {
  const people = new Map(
    [...actors, ...Object.values(throwaways)].map((one) => [secret(one)[0], secret(one)[1]]),
  );
  const tokens = new Map<string, string>();
  const server = await startLoopbackServer((request, response) => {
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/openapi.json') return reply(200, document(fields));
    const sent: unknown = request.body === '' ? {} : JSON.parse(request.body);
    const body = new Map(Object.entries(typeof sent === 'object' && sent !== null ? sent : {}));
    const username = String(body.get('username'));
    if (request.url === '/login') {
      if (people.get(username) !== body.get('password')) return reply(401, { error: 'wrong' });
      const token = randomUUID();
      tokens.set(`Bearer ${token}`, username);
      return reply(200, { token });
    }
    if (request.url === '/reset-password') {
      const { status, said } = reset(username, people.has(username));
      return reply(status, { said });
    }
    const me = tokens.get(request.headers.authorization ?? '');
    if (request.url !== '/me') return reply(404, { error: 'not found' });
    return me === undefined ? reply(401, { error: 'log in first' }) : reply(200, { username: me });
  });
  const target = loopbackTarget(server.origin, { actors, throwaways });
  const { transport, ledger, clock } = testTransport(target, { mode: 'full' });
  undo.push(async () => {
    await transport.close();
    await server.stop();
  });
  const { operations } = await discoverOperations({ target, transport });
  const { sessions } = await connectSessions({ target, transport, operations, clock });
  const result = await resetReplay.run({
    target,
    mode: 'full',
    transport,
    sessions,
    operations,
    ledger,
    leaks: createLeakIndex({ transport, ledger, tenantOf: () => null }),
    inbox: null,
    clock,
    random: seededRandom(3),
    evidence: () => null,
    progress: () => {},
  });
  if (result.status === 'missing') throw new Error(result.because);
  return { data: result.data, leftovers: ledger.leftovers.length };
}

const secret = ({ login }: TargetActor): readonly [string, string] =>
  login.kind === 'password' ? [login.username, login.password] : ['', ''];

test.each([
  [
    'differs',
    'names who has an account',
    (_: string, isKnown: boolean) => ({
      status: isKnown ? 200 : 400,
      said: isKnown ? 'PIN code sent' : 'Invalid username',
    }),
  ],
  ['alike', 'says the same to everybody', () => ({ status: 200, said: 'look into your mail' })],
  ['inconclusive', 'wants more than a name', () => ({ status: 400, said: 'the captcha is missing' })],
] as const)('a reset by name is %s when it %s, though nobody reads the mail', async (verdict, _, reset) => {
  const { data, leftovers } = await oracleOf(reset);
  expect(data.oracle).toMatchObject({ operation: 'POST /reset-password', verdict });
  expect(data.trials).toEqual([]);
  expect(leftovers).toBe(0);
});

test.each([
  ['asks for a mail address, which no throw-away account has', { email: text }],
  ['does not say what it takes', {}],
])('a reset that %s is unknown, not passed over', async (_, fields) => {
  const { data } = await oracleOf(() => ({ status: 200, said: 'sent' }), fields);
  expect(data.oracle).toMatchObject({ operation: 'POST /reset-password', verdict: 'inconclusive' });
});
