import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Rows, type Account } from '../../traps/store.ts';
import { view } from '../../traps/trap.ts';
import type { IsOn } from '../world.ts';
import { refuse, type Post } from './lodge-doors.ts';

const line = (most: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\0]*$/);
const note = z.strictObject({ title: line(120), text: line(2000) });
const invitation = z.object({
  email: z.email().max(254),
  role: z.enum(['admin', 'member']).default('member'),
});
const acceptance = z.object({
  token: z.string().max(200),
  role: z.unknown().optional(),
  email: z.unknown().optional(),
});
const registration = z.object({
  email: z.email().max(254),
  password: z.string().min(12).max(200),
  inviteToken: z.string().max(200).optional(),
});
const slots = z.object({ id: z.string() });

interface Invite {
  readonly id: string;
  readonly tenant: string;
  readonly email: string;
  readonly role: string;
  readonly token: string;
  endsAt: number;
}
interface Member {
  readonly id: string;
  readonly tenant: string;
  readonly email: string;
  readonly role: string;
}

/** Time in front and random bits behind, as version 7 of UUIDs has it: neighbours are in order, and cannot be guessed. */
const inOrder = (): string =>
  `${Date.now().toString(16).padStart(12, '0')}${randomBytes(16).toString('hex')}`;

/** Registers notes, invites and members. */
export function registerLodge(
  server: FastifyInstance,
  options: {
    readonly accounts: readonly Account[];
    readonly callerOf: (request: FastifyRequest) => Account | null;
    readonly isOn: IsOn;
    readonly post: Post;
    /** Takes note of a new account. */
    readonly open: (account: Account) => void;
  },
): { readonly expireInvite: (token: string) => void } {
  const { callerOf, isOn, post } = options;
  const notes = new Rows();
  let invites: readonly Invite[] = [];
  let members: readonly Member[] = options.accounts.map(({ tenant, email, role }) => ({
    id: randomUUID(),
    tenant,
    email,
    role: role === 'admin' ? 'admin' : 'member',
  }));
  const absent = { error: 'not found' };

  server.get('/api/notes', async (request, reply) => {
    const caller = callerOf(request);
    return caller === null ? refuse(reply) : { notes: notes.of(caller.tenant).map(view) };
  });
  server.post('/api/notes', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const given = note.safeParse(request.body);
    if (!given.success) return reply.code(422).send({ error: 'title and text are needed' });
    return reply.code(201).send(view(notes.insert(caller.tenant, given.data)));
  });
  server.get('/api/notes/:id', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const row = notes.own(caller.tenant, slots.parse(request.params).id);
    return row === undefined ? reply.code(404).send(absent) : view(row);
  });
  server.delete('/api/notes/:id', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const row = notes.own(caller.tenant, slots.parse(request.params).id);
    if (row === undefined) return reply.code(404).send(absent);
    row.deleted = true;
    return reply.code(204).send();
  });

  server.get('/api/invites', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const open = invites.filter(({ tenant }) => tenant === caller.tenant);
    return {
      invites: open.map(({ id, email, role, token }) => ({
        id,
        email,
        role,
        ...(isOn('lodge-list-shows-tokens') ? { token } : {}),
      })),
    };
  });
  server.post('/api/invites', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    if (caller.role !== 'admin') return reply.code(403).send({ error: 'admins invite' });
    const given = invitation.safeParse(request.body);
    if (!given.success) return reply.code(422).send({ error: 'an address is needed' });
    const { email, role } = given.data;
    const made: Invite = {
      id: randomUUID(),
      tenant: caller.tenant,
      email: email.toLowerCase(),
      role,
      token: isOn('lodge-invite-is-short') ? randomBytes(3).toString('hex') : inOrder(),
      endsAt: Date.now() + 48 * 3_600_000,
    };
    const others = invites.filter((one) => one.email !== made.email || one.tenant !== made.tenant);
    replaced.push(...invites.filter((one) => !others.includes(one)));
    invites = [...others, made];
    post(
      email,
      'You are invited',
      `Join: http://127.0.0.1:${request.socket.localPort ?? 0}/join?token=${made.token}\n\nThe invite is good for 48 hours.\n`,
    );
    const account = options.accounts.some((one) => one.email === made.email);
    return reply
      .code(201)
      .send({ id: made.id, email: made.email, role, ...(isOn('lodge-invite-tells') ? { account } : {}) });
  });
  const replaced: Invite[] = [];
  server.get('/join', async (_request, reply) =>
    reply
      .type('text/html')
      .header('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
      .send('<!doctype html><title>Join</title><form></form>'),
  );
  server.delete('/api/invites/:id', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const { id } = slots.parse(request.params);
    if (caller.role !== 'admin') return reply.code(403).send({ error: 'admins invite' });
    if (!invites.some((one) => one.id === id && one.tenant === caller.tenant))
      return reply.code(404).send(absent);
    invites = invites.filter((one) => one.id !== id);
    return reply.code(204).send();
  });
  server.post('/api/invites/accept', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const given = acceptance.safeParse(request.body);
    if (!given.success) return reply.code(422).send({ error: 'a token is needed' });
    const dead = isOn('lodge-replaced-invite-lives') ? replaced : [];
    const found = [...invites, ...dead].find(({ token }) => token === given.data.token);
    const over = found !== undefined && found.endsAt < Date.now() && !isOn('lodge-expired-invite-works');
    const address = isOn('lodge-address-from-request') ? (given.data.email ?? caller.email) : caller.email;
    if (found === undefined || over || found.email !== address)
      return reply.code(410).send({ error: 'this invite is used, over or for somebody else' });
    const isLate = isOn('lodge-invite-checked-too-early');
    if (isLate) await sleep(30);
    invites = invites.filter((one) => one !== found);
    const claimed = given.data.role;
    const role = isOn('lodge-role-from-request') && typeof claimed === 'string' ? claimed : found.role;
    const already = members.some((one) => one.tenant === found.tenant && one.email === caller.email);
    if (!already || isLate)
      members = [...members, { id: randomUUID(), tenant: found.tenant, email: caller.email, role }];
    return { tenant: found.tenant, role };
  });
  server.post('/auth/signup', async (request, reply) => {
    const given = registration.safeParse(request.body);
    if (!given.success) return reply.code(422).send({ error: 'an address and a longer password are needed' });
    const { password, inviteToken } = given.data;
    const email = given.data.email.toLowerCase();
    // What was taken and what was not is never said: those who have an account know it.
    if (options.accounts.some((one) => one.email === email)) return reply.code(201).send({ status: 'done' });
    const byAddress = isOn('lodge-signup-joins-by-address')
      ? invites.find((one) => one.email === email)
      : undefined;
    const byToken = invites.find(({ token }) => token === inviteToken);
    const found = byToken ?? byAddress;
    const isForOther = found?.email !== email && !isOn('lodge-signup-takes-any-address');
    if (inviteToken !== undefined && (found === undefined || found.endsAt < Date.now() || isForOther))
      return reply.code(410).send({ error: 'this invite is used, over or for somebody else' });
    const tenant = `alone-${randomUUID()}`;
    options.open({ email, password, tenant, role: 'member' });
    if (found !== undefined) {
      invites = invites.filter((one) => one !== found);
      members = [...members, { id: randomUUID(), tenant: found.tenant, email, role: found.role }];
    }
    return reply.code(201).send({ status: 'done' });
  });
  server.get('/api/members', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    return {
      members: members
        .filter(({ tenant }) => tenant === caller.tenant)
        .map(({ id, email, role }) => ({ id, email, role })),
    };
  });
  server.delete('/api/members/:id', async (request, reply) => {
    const caller = callerOf(request);
    if (caller === null) return refuse(reply);
    const { id } = slots.parse(request.params);
    const found = members.find((one) => one.id === id && one.tenant === caller.tenant);
    if (found === undefined || caller.role !== 'admin') return reply.code(404).send(absent);
    members = members.filter((one) => one !== found);
    return reply.code(204).send();
  });
  return {
    expireInvite: (token) => {
      for (const one of invites) if (one.token === token) one.endsAt = Date.now() - 1000;
    },
  };
}
