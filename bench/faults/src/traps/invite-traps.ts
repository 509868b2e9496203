import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { RouteTrap } from './trap-server.ts';
import type { Trap } from './trap.ts';

const invitation = z.object({ email: z.string().max(254), role: z.string().max(40).optional() });
const token = z.object({ token: z.string().max(100) });
const byId = z.object({ id: z.string() });
const lifeMs = 48 * 3_600_000;

interface Invite {
  readonly id: string;
  readonly tenant: string;
  readonly email: string;
  readonly token: string;
  state: 'open' | 'used' | 'revoked';
}

interface Member {
  readonly id: string;
  readonly tenant: string;
  readonly email: string;
  readonly status: 'active' | 'pending';
}

const refusedAlike = { status: 'received' } as const;
const text = { type: 'string', maxLength: 254 } as const;
const body = (properties: object, required: readonly string[]): object => ({
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { type: 'object', required, properties } } },
  },
  responses: { '200': { description: 'done' } },
});
const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } } as const;
const done = { responses: { '200': { description: 'done' } } } as const;

/** Invites whose acceptance is always answered 200; who is a member afterwards is another matter. */
export const inviteTrap: RouteTrap = {
  id: 'second-acceptance-answers-200',
  family: 'SC-INVITE',
  looksLike: 'accepting an invite for the second time is answered 200',
  isSafeBecause: 'the answer never says what happened, and nobody joins',
  metWhen: [{ kind: 'inviteReplay', mentions: '"case":"second-use"', and: ['"verdict":"refused"'] }],
  paths: {
    '/api/invites': {
      post: body({ email: text, role: { ...text, enum: ['admin', 'member'] } }, ['email']),
      get: done,
    },
    '/api/invites/{id}': { parameters: [idParameter], delete: done },
    '/api/invites/accept': { post: body({ token: text }, ['token']) },
    '/api/members': { get: done },
    '/api/members/{id}': { parameters: [idParameter], delete: done },
  },
  register(server, whoIs) {
    const invites: Invite[] = [];
    let members: readonly Member[] = ['north', 'south'].map((tenant) => ({
      id: randomUUID(),
      tenant,
      email: `admin@${tenant}.test`,
      status: 'active',
    }));
    server.post('/api/invites', async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      if (account.role !== 'admin') return reply.code(403).send({ error: 'admins invite' });
      const input = invitation.safeParse(request.body);
      if (!input.success || !/^[^\s@\0]+@[^\s@\0]+$/.test(input.data.email))
        return reply.code(422).send({ errors: [{ path: 'email', message: 'must be an address' }] });
      const { email } = input.data;
      const made: Invite = {
        id: randomUUID(),
        tenant: account.tenant,
        email: email.toLowerCase(),
        token: randomBytes(24).toString('base64url'),
        state: 'open',
      };
      invites.push(made);
      const expiresAt = new Date(Date.now() + lifeMs).toISOString();
      return reply.code(201).send({ id: made.id, email: made.email, token: made.token, expiresAt });
    });
    server.get('/api/invites', async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      if (account.role !== 'admin') return reply.code(403).send({ error: 'admins invite' });
      return {
        items: invites
          .filter(({ tenant }) => tenant === account.tenant)
          .map(({ id, email, state }) => ({ id, email, state })),
      };
    });
    server.delete('/api/invites/:id', async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      const { id } = byId.parse(request.params);
      const found = invites.find((one) => one.id === id && one.tenant === account.tenant);
      if (found === undefined || account.role !== 'admin')
        return reply.code(404).send({ error: 'not found' });
      found.state = 'revoked';
      return reply.code(204).send();
    });
    server.post('/api/invites/accept', async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      const input = token.safeParse(request.body);
      if (!input.success) return reply.code(422).send({ errors: [{ path: 'token', message: 'is needed' }] });
      const found = invites.find((one) => one.token === input.data.token && one.state === 'open');
      if (found === undefined) return refusedAlike;
      const isInvited = found.email === account.email;
      if (isInvited) found.state = 'used';
      const member: Member = {
        id: randomUUID(),
        tenant: found.tenant,
        email: account.email,
        status: isInvited ? 'active' : 'pending',
      };
      members = [
        ...members.filter((one) => one.tenant !== member.tenant || one.email !== member.email),
        member,
      ];
      return refusedAlike;
    });
    server.get('/api/members', async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      return {
        items: members
          .filter(({ tenant }) => tenant === account.tenant)
          .map(({ id, email, status }) => ({ id, email, status })),
      };
    });
    server.delete('/api/members/:id', async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      const { id } = byId.parse(request.params);
      const found = members.find((one) => one.id === id && one.tenant === account.tenant);
      if (found === undefined || account.role !== 'admin')
        return reply.code(404).send({ error: 'not found' });
      members = members.filter((one) => one !== found);
      return reply.code(204).send();
    });
  },
};

/** What else looks guilty in those invites. */
export const inviteTraps: readonly Trap[] = [
  {
    id: 'other-address-becomes-pending',
    family: 'SC-INVITE',
    looksLike: 'whoever holds the link of an invite for another address appears in the list of members',
    isSafeBecause: 'as pending: an admin has to let them in',
    metWhen: [{ kind: 'inviteReplay', mentions: '"case":"other-account"', and: ['"verdict":"refused"'] }],
  },
  {
    id: 'revoked-invite-answers-200',
    family: 'SC-INVITE',
    looksLike: 'accepting an invite that was withdrawn is answered 200',
    isSafeBecause: 'nobody joins',
    metWhen: [{ kind: 'inviteReplay', mentions: '"case":"revoked"', and: ['"verdict":"refused"'] }],
  },
];
