import { randomUUID } from 'node:crypto';
import type { EvidenceKind, EvidenceMap } from '@launch-ready/core';
import { createLeakIndex } from '../../leaks/leak-index.ts';
import { discoverOperations } from '../../discover/discover-operations.ts';
import type { Probe, ProbeContext } from '../../probe.ts';
import { seededRandom } from '../../seeded-random.ts';
import { connectSessions } from '../../session/connect-sessions.ts';
import type { TargetActor } from '../../target/target.ts';
import { startLoopbackServer } from '../../testing/loopback-server.ts';
import { loopbackTarget } from '../../testing/loopback-target.ts';
import { testTransport } from '../../testing/test-transport.ts';

/** Ways in which the records are too trusting; all absent is strict. */
export interface RecordFaults {
  /** Fields that a creating body sets. */
  readonly create?: readonly string[];
  /** Fields that a changing body sets. */
  readonly change?: readonly string[];
  /** Fields of the profile that its owner sets. */
  readonly profile?: readonly string[];
  /** Bodies with a further field are refused. */
  readonly strict?: boolean;
  /** A change answers with everything that was sent. */
  readonly echoes?: boolean;
  /** People are listed with the hashes of their passwords. */
  readonly hashes?: boolean;
  /** The throw-away accounts are locked. */
  readonly locked?: boolean;
}

export interface RecordsReview {
  readonly origin: string;
  readonly context: ProbeContext;
  gather<K extends EvidenceKind>(probe: Probe<K>): Promise<EvidenceMap[K]>;
  /** Header lines of a session, for scripts. */
  session(email: string): Promise<string>;
  stop(): Promise<void>;
}

const roles = ['admin', 'member', 'throwaway'];
const actor = (tenant: string, role: string): TargetActor => ({
  id: `${tenant}.${role}`,
  tenant,
  role,
  login: { kind: 'password', username: `${role}@${tenant}.test`, password: `Secret-${role}@${tenant}.test` },
});
const bcrypt = `$2b$12$${'a'.repeat(53)}`;

type Fields = Record<string, unknown>;

/** A small real application whose records hold more than callers may set, logged in over the real transport. */
export async function reviewRecords(faults: RecordFaults = {}): Promise<RecordsReview> {
  const people = new Map<string, Fields & { tenant: string; email: string }>();
  for (const tenant of ['north', 'south'])
    for (const role of roles) {
      const email = `${role}@${tenant}.test`;
      const isAdmin = role === 'admin';
      people.set(email, { id: randomUUID(), email, tenant, isAdmin, plan: 'free', name: role });
    }
  const sessions = new Map<string, string>();
  const records = new Map<string, Fields & { tenant: string }>();
  const server = await startLoopbackServer((request, response) => {
    const reply = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    };
    const { pathname } = new URL(request.url ?? '/', 'http://app.test');
    if (pathname === '/openapi.json') return reply(200, document);
    const sent: unknown = request.body === '' ? {} : JSON.parse(request.body);
    const body: Fields = typeof sent === 'object' && sent !== null ? { ...sent } : {};
    if (pathname === '/login') {
      const person = people.get(String(body['email']));
      if (!person || body['password'] !== `Secret-${person.email}`) return reply(401, { error: 'wrong' });
      if (faults.locked === true && person.email.startsWith('throwaway'))
        return reply(403, { error: 'locked' });
      const sid = randomUUID();
      sessions.set(sid, person.email);
      return reply(200, { ok: true }, { 'set-cookie': `sid=${sid}; Path=/; HttpOnly` });
    }
    const me = people.get(sessions.get(/sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '') ?? '');
    if (!me) return reply(401, { error: 'log in first' });
    const pick = (names: readonly string[] = []): Fields =>
      Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)));
    const isStrange = (names: readonly string[]): boolean =>
      faults.strict === true && Object.keys(body).some((name) => !names.includes(name));
    if (pathname === '/me') {
      if (request.method === 'PATCH') Object.assign(me, pick(['name', ...(faults.profile ?? [])]));
      return reply(200, me);
    }
    if (pathname === '/people')
      return reply(
        200,
        [...people.values()]
          .filter(({ tenant }) => tenant === me.tenant)
          .map(({ id, email }) => ({ id, email, ...(faults.hashes ? { pw: bcrypt } : {}) })),
      );
    const [, kind, id] = pathname.split('/');
    if (kind !== 'records') return reply(404, { error: 'not found' });
    if (id === undefined) {
      if (request.method !== 'POST')
        return reply(
          200,
          [...records.values()].filter(({ tenant }) => tenant === me.tenant),
        );
      if (typeof body['title'] !== 'string') return reply(400, { error: 'a title is needed' });
      if (isStrange(['title', 'price'])) return reply(400, { error: 'there is a field too many' });
      const made = {
        id: randomUUID(),
        title: body['title'],
        price: body['price'] ?? 1,
        tenant: me.tenant,
        status: 'draft',
        approved: false,
        ownerId: me['id'],
        createdAt: new Date().toISOString(),
        ...pick(faults.create),
      };
      records.set(made.id, made);
      return reply(201, made);
    }
    const record = records.get(id);
    if (!record || record.tenant !== me.tenant) return reply(404, { error: 'not found' });
    if (request.method === 'DELETE') {
      records.delete(id);
      return reply(204, null);
    }
    if (request.method === 'PATCH') {
      if (isStrange(['title', 'price'])) return reply(400, { error: 'there is a field too many' });
      Object.assign(record, pick(['title', 'price', ...(faults.change ?? [])]));
      return reply(200, faults.echoes ? { ...record, ...body } : record);
    }
    return reply(200, record);
  });
  const target = loopbackTarget(server.origin, {
    actors: ['north', 'south'].flatMap((tenant) => [actor(tenant, 'admin'), actor(tenant, 'member')]),
    throwaways: { north: actor('north', 'throwaway'), south: actor('south', 'throwaway') },
    limits: { requestsPerSecond: 10_000, maxRequests: 10_000, concurrency: 8 },
  });
  const { transport, ledger, clock } = testTransport(target, { mode: 'full' });
  const { operations } = await discoverOperations({ target, transport });
  const connected = await connectSessions({ target, transport, operations, clock });
  const tenantOf = (one: string): string | null => target.actors.find(({ id }) => id === one)?.tenant ?? null;
  const gathered: { [K in EvidenceKind]?: EvidenceMap[K] } = {};
  const context: ProbeContext = {
    target,
    mode: 'full',
    transport,
    sessions: connected.sessions,
    operations,
    ledger,
    leaks: createLeakIndex({ transport, ledger, tenantOf }),
    inbox: null,
    clock,
    random: seededRandom(11),
    evidence: (kind) => gathered[kind] ?? null,
    progress: () => {},
  };
  return {
    origin: server.origin,
    context,
    gather: async (probe) => {
      const result = await probe.run(context);
      if (result.status === 'missing') throw new Error(result.because);
      Object.assign(gathered, { [probe.provides]: result.data });
      return result.data;
    },
    session: async (email) => {
      const login = await fetch(`${server.origin}/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: `Secret-${email}` }),
      });
      return `cookie: ${login.headers.getSetCookie()[0]?.split(';')[0] ?? ''}`;
    },
    stop: async () => {
      await transport.close();
      await server.stop();
    },
  };
}

const text = { type: 'string', maxLength: 100 };
const answers = { responses: { 200: { description: 'done' } } };
const takes = (properties: object, required: readonly string[] = []): object => ({
  requestBody: { content: { 'application/json': { schema: { type: 'object', properties, required } } } },
  ...answers,
});
const record = { title: text, price: { type: 'integer', minimum: 1 } };

const document = {
  openapi: '3.1.0',
  info: { title: 'Records', version: '1' },
  security: [{ session: [] }],
  components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'sid' } } },
  paths: {
    '/login': { post: { security: [], ...takes({ email: text, password: text }, ['email', 'password']) } },
    '/me': { get: answers, patch: takes({ name: text }) },
    '/people': { get: answers },
    '/records': { get: answers, post: takes(record, ['title']) },
    '/records/{id}': { get: answers, patch: takes(record), delete: answers },
  },
};
