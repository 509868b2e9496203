import * as z from 'zod';
import { notFound } from '../../foundation/http/http-error.ts';
import { type Route, noContent, nothing, route } from '../../foundation/http/route.ts';
import { id } from '../../foundation/ids.ts';
import { cutPage, defaultPageSize, page, pageOf } from '../../foundation/input.ts';
import { role } from '../../foundation/policy/roles.ts';
import { seenSpace, spaceParams } from './space-routes.ts';

const tag = 'spaces';
const spaceMember = z.object({ id, name: z.string(), role });
const memberParams = spaceParams.extend({ member: id });

const list = route({
  method: 'GET',
  path: '/api/orgs/:org/spaces/:space/members',
  permission: 'space.members.list',
  limit: 'read',
  tag,
  summary: 'Members of a space',
  params: spaceParams,
  query: page,
  status: 200,
  reply: pageOf(spaceMember),
  handle: async ({ tx, person }, { params, query }) => {
    await seenSpace(tx, person.userId, params.space);
    const size = query.limit ?? defaultPageSize;
    let found = tx
      .selectFrom('app.space_members as sm')
      .innerJoin('app.memberships as m', 'm.user_id', 'sm.user_id')
      .select(['m.user_id as id', 'm.name', 'm.role'])
      .where('sm.space_id', '=', params.space)
      .where('m.status', '=', 'active')
      .orderBy('m.user_id')
      .limit(size + 1);
    if (query.after !== undefined) found = found.where('m.user_id', '>', query.after);
    return cutPage(await found.execute(), size);
  },
});

const add = route({
  method: 'PUT',
  path: '/api/orgs/:org/spaces/:space/members/:member',
  permission: 'space.members.add',
  limit: 'write',
  tag,
  summary: 'Let a member of the organisation into a space',
  params: memberParams,
  query: nothing,
  body: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ tx, tenantId, person }, { params }) => {
    await seenSpace(tx, person.userId, params.space);
    const member = await tx
      .selectFrom('app.memberships')
      .select('user_id')
      .where('user_id', '=', params.member)
      .where('status', '=', 'active')
      .executeTakeFirst();
    if (member === undefined) throw notFound();
    await tx
      .insertInto('app.space_members')
      .values({ tenant_id: tenantId, space_id: params.space, user_id: params.member })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
});

const remove = route({
  method: 'DELETE',
  path: '/api/orgs/:org/spaces/:space/members/:member',
  permission: 'space.members.remove',
  limit: 'write',
  tag,
  summary: 'Take a member out of a space',
  params: memberParams,
  query: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ tx, person }, { params }) => {
    await seenSpace(tx, person.userId, params.space);
    const removed = await tx
      .deleteFrom('app.space_members')
      .where('space_id', '=', params.space)
      .where('user_id', '=', params.member)
      .returning('user_id')
      .executeTakeFirst();
    if (removed === undefined) throw notFound();
  },
});

export const spaceMemberRoutes: readonly Route[] = [list, add, remove];
