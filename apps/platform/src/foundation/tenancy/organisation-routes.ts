import * as z from 'zod';
import { conflict, forbidden, notFound } from '../http/http-error.ts';
import { type Route, noContent, nothing, route } from '../http/route.ts';
import { id } from '../ids.ts';
import { line, moment } from '../input.ts';
import { role } from '../policy/roles.ts';
import { createOrganisation } from './create-organisation.ts';
import { orgName } from './org-name.ts';

const tag = 'organisation';

/** Short enough that it can never look like an id. */
const slug = z
  .string()
  .min(2)
  .max(32)
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'must be lower case letters, digits and inner hyphens');

/** Path of everything inside an organisation; its short name or its id. */
export const orgParams = z.strictObject({ org: orgName });

const summary = z.object({ id, slug: z.string(), name: z.string(), role });

const list = route({
  method: 'GET',
  path: '/api/orgs',
  permission: 'account',
  limit: 'read',
  tag,
  summary: 'My organisations',
  params: nothing,
  query: nothing,
  status: 200,
  reply: z.object({ items: z.array(summary) }),
  handle: async ({ services, sessionHash }) => ({
    items: (await services.database.organisationsOf(sessionHash)).map(({ tenant_id, ...rest }) => ({
      id: tenant_id,
      ...rest,
    })),
  }),
});

const create = route({
  method: 'POST',
  path: '/api/orgs',
  permission: 'account',
  limit: 'write',
  tag,
  summary: 'Found an organisation and become its owner',
  params: nothing,
  query: nothing,
  body: z.strictObject({ slug, name: line(100) }),
  status: 201,
  reply: summary,
  handle: async ({ services, person }, { body }) => {
    const { organisationCreation, operators } = services.config;
    if (organisationCreation === 'operators' && !operators.includes(person.email)) {
      throw forbidden('only operators of this platform found organisations');
    }
    const made = await createOrganisation(services.database, { ...body, owner: person });
    if (made === null) throw conflict('slug_taken', 'this short name is taken');
    services.log.security('organisation.created', { user: person.userId, tenant: made.id });
    return { ...made, role: 'owner' as const };
  },
});

const details = summary.extend({ createdAt: moment, updatedAt: moment });

const read = route({
  method: 'GET',
  path: '/api/orgs/:org',
  permission: 'organisation.read',
  limit: 'read',
  tag,
  summary: 'An organisation I belong to',
  params: orgParams,
  query: nothing,
  status: 200,
  reply: details,
  handle: async ({ tx, role: mine }) => {
    const row = await tx.selectFrom('app.tenants').selectAll().executeTakeFirst();
    if (row === undefined) throw notFound();
    return {
      id: row.tenant_id,
      slug: row.slug,
      name: row.name,
      role: mine,
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    };
  },
});

const update = route({
  method: 'PATCH',
  path: '/api/orgs/:org',
  permission: 'organisation.update',
  limit: 'write',
  tag,
  summary: 'Rename an organisation',
  params: orgParams,
  query: nothing,
  body: z.strictObject({ name: line(100) }),
  status: 200,
  reply: details,
  handle: async ({ tx, tenantId, role: mine, services }, { body }) => {
    const row = await tx
      .updateTable('app.tenants')
      .set({ name: body.name, updated_at: services.now() })
      .where('tenant_id', '=', tenantId)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw notFound();
    return {
      id: row.tenant_id,
      slug: row.slug,
      name: row.name,
      role: mine,
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    };
  },
});

const remove = route({
  method: 'DELETE',
  path: '/api/orgs/:org',
  permission: 'organisation.delete',
  limit: 'write',
  tag,
  summary: 'Delete an organisation with everything in it',
  params: orgParams,
  query: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ tx, tenantId, person, services }) => {
    // In the order of the references, so that authors go after what they wrote.
    for (const table of [
      'app.comments',
      'app.posts',
      'app.space_members',
      'app.spaces',
      'app.invites',
      'app.memberships',
    ] as const) {
      await tx.deleteFrom(table).where('tenant_id', '=', tenantId).execute();
    }
    await tx.deleteFrom('app.tenants').where('tenant_id', '=', tenantId).execute();
    services.log.security('organisation.deleted', { user: person.userId, tenant: tenantId });
  },
});

export const organisationRoutes: readonly Route[] = [list, create, read, update, remove];
