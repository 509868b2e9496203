import * as z from 'zod';
import { Rows } from './store.ts';
import type { RouteTrap } from './trap-server.ts';
import { view } from './trap.ts';

const base = '/api/shared-by-grant';
const body = z.object({
  title: z
    .string()
    .max(200)
    .regex(/^[^\0]*$/),
});
const grant = z.object({ email: z.string().max(254) });
const slots = z.object({ id: z.string() });
const done = { responses: { '200': { description: 'done' } } } as const;
const takes = (name: string, maxLength: number): object => ({
  ...done,
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: { type: 'object', required: [name], properties: { [name]: { type: 'string', maxLength } } },
      },
    },
  },
});
const idSlot = {
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
} as const;

/** Objects that their owner may share with anybody by name; the one it names reads them then, in whatever tenant. */
export const sharedByGrantTrap: RouteTrap = {
  id: 'shared-by-grant',
  family: 'SC-AUTHZ',
  looksLike: 'an object is read from another tenant',
  isSafeBecause: 'its owner shared it with exactly that account',
  metWhen: [{ kind: 'crossTenant', mentions: `GET ${base}/{id}`, and: ['"verdict":"safe"'] }],
  paths: {
    [base]: { get: done, post: takes('title', 200) },
    [`${base}/{id}`]: { ...idSlot, get: done, delete: done },
    [`${base}/{id}/shares`]: { ...idSlot, post: takes('email', 254) },
  },
  register(server, whoIs) {
    const rows = new Rows();
    const shares = new Map<string, Set<string>>();
    server.get(base, async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      return { items: rows.of(account.tenant).map(view) };
    });
    server.post(base, async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      const given = body.safeParse(request.body);
      if (!given.success) return reply.code(422).send({ error: 'title must be a text' });
      return reply.code(201).send(view(rows.insert(account.tenant, given.data)));
    });
    server.get(`${base}/:id`, async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      const { id } = slots.parse(request.params);
      const granted = shares.get(id)?.has(account.email) === true;
      const row = granted ? rows.any(id) : rows.own(account.tenant, id);
      return row === undefined ? reply.code(404).send({ error: 'not found' }) : view(row);
    });
    server.delete(`${base}/:id`, async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      const row = rows.own(account.tenant, slots.parse(request.params).id);
      if (row === undefined) return reply.code(404).send({ error: 'not found' });
      row.deleted = true;
      return reply.code(204).send();
    });
    server.post(`${base}/:id/shares`, async (request, reply) => {
      const account = whoIs(request);
      if (account === null) return reply.code(401).send({ error: 'sign in first' });
      const row = rows.own(account.tenant, slots.parse(request.params).id);
      if (row === undefined) return reply.code(404).send({ error: 'not found' });
      const given = grant.safeParse(request.body);
      if (!given.success) return reply.code(422).send({ error: 'email must be a text' });
      shares.set(row.id, (shares.get(row.id) ?? new Set()).add(given.data.email));
      return reply.code(201).send({ sharedWith: [...(shares.get(row.id) ?? [])] });
    });
  },
};
