import * as z from 'zod';
import { notFound } from '../http/http-error.ts';
import { type Route, noContent, nothing, route } from '../http/route.ts';
import { id } from '../ids.ts';
import { moment } from '../input.ts';
import { role } from '../policy/roles.ts';

const common = { permission: 'account', limit: 'read', tag: 'account', query: nothing } as const;

const me = route({
  ...common,
  method: 'GET',
  path: '/api/me',
  summary: 'Who I am, and in which organisations',
  params: nothing,
  status: 200,
  reply: z.object({
    user: z.object({ id, email: z.string(), name: z.string(), emailVerified: z.boolean() }),
    organisations: z.array(z.object({ id, slug: z.string(), name: z.string(), role })),
  }),
  handle: async ({ services, sessionHash, person }) => ({
    user: { id: person.userId, email: person.email, name: person.name, emailVerified: person.emailVerified },
    organisations: (await services.database.organisationsOf(sessionHash)).map((row) => ({
      id: row.tenant_id,
      slug: row.slug,
      name: row.name,
      role: row.role,
    })),
  }),
});

const listSessions = route({
  ...common,
  method: 'GET',
  path: '/api/me/sessions',
  summary: 'Where I am signed in',
  params: nothing,
  status: 200,
  reply: z.object({
    items: z.array(
      z.object({
        id,
        current: z.boolean(),
        createdAt: moment,
        expiresAt: moment,
        address: z.string().nullable(),
        userAgent: z.string().nullable(),
      }),
    ),
  }),
  handle: async ({ services, person }) => ({
    items: (await services.identity.sessions(person.userId)).map((session) => ({
      ...session,
      current: session.id === person.sessionId,
      createdAt: session.createdAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
    })),
  }),
});

const revokeSession = route({
  ...common,
  method: 'DELETE',
  path: '/api/me/sessions/:session',
  limit: 'write',
  summary: 'End one of my sessions',
  params: z.strictObject({ session: id }),
  status: 204,
  reply: noContent,
  handle: async ({ services, person }, { params }) => {
    if (!(await services.identity.revoke(person.userId, params.session))) throw notFound();
    services.log.security('session.revoked', { user: person.userId });
  },
});

const revokeOthers = route({
  ...common,
  method: 'DELETE',
  path: '/api/me/sessions',
  limit: 'write',
  summary: 'End all my other sessions',
  params: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ services, person }) => {
    await services.identity.revokeOthers(person.userId, person.sessionId);
    services.log.security('session.revoked', { user: person.userId });
  },
});

export const meRoutes: readonly Route[] = [me, listSessions, revokeSession, revokeOthers];
