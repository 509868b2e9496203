import * as z from 'zod';
import type { Tx } from '../../foundation/database/database.ts';
import { notFound } from '../../foundation/http/http-error.ts';
import { type Route, noContent, nothing, route } from '../../foundation/http/route.ts';
import { id, newId } from '../../foundation/ids.ts';
import { cutPage, defaultPageSize, line, moment, page, pageOf, text } from '../../foundation/input.ts';
import { orgParams } from '../../foundation/tenancy/organisation-routes.ts';
import { visibleSpaces } from './visible-spaces.ts';

const tag = 'spaces';
const visibility = z.enum(['open', 'private']);
export const spaceParams = orgParams.extend({ space: id });

const space = z.object({
  id,
  name: z.string(),
  description: z.string(),
  visibility,
  createdBy: id,
  createdAt: moment,
  updatedAt: moment,
});

interface SpaceRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly visibility: 'open' | 'private';
  readonly created_by: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const show = (row: SpaceRow) => ({
  id: row.id,
  name: row.name,
  description: row.description,
  visibility: row.visibility,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

const columns = [
  'id',
  'name',
  'description',
  'visibility',
  'created_by',
  'created_at',
  'updated_at',
] as const;

/** The space, if this person can see it; otherwise the request ends as if it did not exist. */
export const seenSpace = async (tx: Tx, userId: string, spaceId: string): Promise<SpaceRow> => {
  const row = await visibleSpaces(tx, userId).where('s.id', '=', spaceId).select(columns).executeTakeFirst();
  if (row === undefined) throw notFound();
  return row;
};

const list = route({
  method: 'GET',
  path: '/api/orgs/:org/spaces',
  permission: 'space.list',
  limit: 'read',
  tag,
  summary: 'Spaces I can see, newest first',
  params: orgParams,
  query: page,
  status: 200,
  reply: pageOf(space),
  handle: async ({ tx, person }, { query }) => {
    const size = query.limit ?? defaultPageSize;
    let found = visibleSpaces(tx, person.userId)
      .select(columns)
      .orderBy('s.id', 'desc')
      .limit(size + 1);
    if (query.after !== undefined) found = found.where('s.id', '<', query.after);
    return cutPage((await found.execute()).map(show), size);
  },
});

const create = route({
  method: 'POST',
  path: '/api/orgs/:org/spaces',
  permission: 'space.create',
  limit: 'write',
  tag,
  summary: 'Make a space; a private one starts with its maker as only member',
  params: orgParams,
  query: nothing,
  body: z.strictObject({
    name: line(100),
    description: text(2000).default(''),
    visibility: visibility.default('open'),
  }),
  status: 201,
  reply: space,
  handle: async ({ tx, tenantId, person }, { body }) => {
    const row = await tx
      .insertInto('app.spaces')
      .values({ tenant_id: tenantId, id: newId(), ...body, created_by: person.userId })
      .returning(columns)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('app.space_members')
      .values({ tenant_id: tenantId, space_id: row.id, user_id: person.userId })
      .execute();
    return show(row);
  },
});

const read = route({
  method: 'GET',
  path: '/api/orgs/:org/spaces/:space',
  permission: 'space.read',
  limit: 'read',
  tag,
  summary: 'One space',
  params: spaceParams,
  query: nothing,
  status: 200,
  reply: space,
  handle: async ({ tx, person }, { params }) => show(await seenSpace(tx, person.userId, params.space)),
});

const update = route({
  method: 'PATCH',
  path: '/api/orgs/:org/spaces/:space',
  permission: 'space.update',
  limit: 'write',
  tag,
  summary: 'Change a space',
  params: spaceParams,
  query: nothing,
  body: z.strictObject({
    name: line(100).optional(),
    description: text(2000).optional(),
    visibility: visibility.optional(),
  }),
  status: 200,
  reply: space,
  handle: async ({ tx, person, services }, { params, body }) => {
    const before = await seenSpace(tx, person.userId, params.space);
    const row = await tx
      .updateTable('app.spaces')
      .set({
        name: body.name ?? before.name,
        description: body.description ?? before.description,
        visibility: body.visibility ?? before.visibility,
        updated_at: services.now(),
      })
      .where('id', '=', params.space)
      .returning(columns)
      .executeTakeFirst();
    if (row === undefined) throw notFound();
    return show(row);
  },
});

const remove = route({
  method: 'DELETE',
  path: '/api/orgs/:org/spaces/:space',
  permission: 'space.delete',
  limit: 'write',
  tag,
  summary: 'Delete a space with everything in it',
  params: spaceParams,
  query: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ tx, person }, { params }) => {
    await seenSpace(tx, person.userId, params.space);
    await tx.deleteFrom('app.spaces').where('id', '=', params.space).execute();
  },
});

export const spaceRoutes: readonly Route[] = [list, create, read, update, remove];
