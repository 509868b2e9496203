import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { discoverOperations } from '../discover/discover-operations.ts';
import { createLeakIndex } from '../leaks/leak-index.ts';
import { seededRandom } from '../seeded-random.ts';
import { connectSessions } from '../session/connect-sessions.ts';
import type { TargetActor } from '../target/target.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { testTransport, type TestTransport } from '../testing/test-transport.ts';
import { tokenForgery } from './token-forgery.ts';

let server: LoopbackServer | null = null;
let opened: TestTransport | null = null;
afterEach(async () => {
  await opened?.transport.close();
  await server?.stop();
});

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = (input: string): string =>
  createHmac('sha256', 'b7f0c6e2-none-of-these').update(input).digest('base64url');
const body = (fields: Readonly<Record<string, string>>) => ({
  required: true,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: Object.keys(fields),
        properties: Object.fromEntries(Object.keys(fields).map((name) => [name, { type: 'string' }])),
      },
    },
  },
});
const document = {
  openapi: '3.0.3',
  info: { title: 'Shop', version: '1' },
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/login': {
      post: {
        security: [],
        requestBody: body({ email: '', password: '' }),
        responses: { 200: { description: 'in' } },
      },
    },
    '/products': {
      get: { security: [], responses: { 200: { description: 'all of them' } } },
      post: {
        security: [{ bearer: [] }],
        requestBody: body({ name: '' }),
        responses: { 201: { description: 'made' }, 400: { description: 'invalid' } },
      },
    },
  },
};

/** A shop in which everything that can be read is open, so that only an empty request shows who asks. */
async function forge(checks: (token: string) => boolean) {
  server = await startLoopbackServer((request, response) => {
    const say = (status: number, value: object): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.url === '/openapi.json') return say(200, document);
    if (request.url === '/login' && request.method === 'POST') {
      const { email = '', password = '' } = JSON.parse(request.body || '{}') as Record<string, string>;
      if (password !== `Secret-${email}`) return say(401, { message: 'wrong' });
      const input = `${encoded({ alg: 'HS256' })}.${encoded({ email, exp: 4_000_000_000 })}`;
      return say(200, { authorization: `Bearer ${input}.${signature(input)}` });
    }
    if (request.url !== '/products') return say(404, {});
    if (request.method === 'GET') return say(200, { products: [{ name: 'Tea' }] });
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    return checks(token) ? say(400, { name: 'name is required' }) : say(401, { message: 'no token' });
  });
  const actor = (tenant: string, username: string): TargetActor => ({
    id: `${tenant}.admin`,
    tenant,
    role: 'admin',
    login: { kind: 'password', username, password: `Secret-${username}` },
  });
  const target = loopbackTarget(server.origin, {
    actors: [actor('north', 'ada@north.test'), actor('south', 'cy@south.test')],
  });
  opened = testTransport(target, { mode: 'full' });
  const { transport, ledger, clock } = opened;
  const { operations } = await discoverOperations({ target, transport });
  const { sessions } = await connectSessions({ target, transport, operations, clock });
  const result = await tokenForgery.run({
    target,
    mode: 'full',
    transport,
    sessions,
    operations,
    ledger,
    leaks: createLeakIndex({ transport, ledger, tenantOf: () => null }),
    inbox: null,
    clock,
    random: seededRandom(7),
    evidence: () => null,
    progress: () => {},
  });
  if (result.status === 'missing') throw new Error(result.because);
  return result.data;
}

const isSigned = (token: string): boolean => {
  const [header = '', claims = '', signed] = token.split('.');
  return signed === signature(`${header}.${claims}`);
};

test('forgeries are tried where only an empty request proves a login', async () => {
  const { selfContained, trials } = await forge(isSigned);
  expect(selfContained).toBe(true);
  expect(trials.length).toBeGreaterThan(4);
  expect(new Set(trials.map(({ verdict }) => verdict))).toEqual(new Set(['refused']));
});

test('and are seen to be taken there', async () => {
  const { trials } = await forge((token) => isSigned(token) || /^[^.]+\.[^.]+\.$/.test(token));
  const accepted = trials.filter(({ verdict }) => verdict === 'accepted').map(({ variant }) => variant);
  expect(accepted).toEqual(['no signature', 'empty signature']);
});
