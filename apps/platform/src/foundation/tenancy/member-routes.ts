import * as z from 'zod';
import type { Tx } from '../database/database.ts';
import { conflict, forbidden, notFound } from '../http/http-error.ts';
import { type Route, noContent, nothing, route } from '../http/route.ts';
import { id } from '../ids.ts';
import { cutPage, defaultPageSize, moment, page, pageOf } from '../input.ts';
import { type Role, isAtLeast, outranks, role } from '../policy/roles.ts';
import { orgParams } from './organisation-routes.ts';

const tag = 'members';
const memberParams = orgParams.extend({ member: id });
const member = z.object({ id, name: z.string(), email: z.string(), role, joinedAt: moment });

interface MemberRow {
  readonly user_id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly created_at: Date;
}

const show = (row: MemberRow) => ({
  id: row.user_id,
  name: row.name,
  email: row.email,
  role: row.role,
  joinedAt: row.created_at.toISOString(),
});

const active = (tx: Tx) =>
  tx
    .selectFrom('app.memberships')
    .select(['user_id', 'name', 'email', 'role', 'created_at'])
    .where('status', '=', 'active');

/** Takes a lock on the members, so that two owners cannot remove each other at the same moment. */
const lockedMember = async (tx: Tx, userId: string): Promise<MemberRow> => {
  const owners = await active(tx).where('role', '=', 'owner').orderBy('user_id').forUpdate().execute();
  const found =
    owners.find((row) => row.user_id === userId) ??
    (await active(tx).where('user_id', '=', userId).forUpdate().executeTakeFirst());
  if (found === undefined) throw notFound();
  if (found.role === 'owner' && owners.length === 1)
    throw conflict('last_owner', 'an organisation needs an owner');
  return found;
};

const list = route({
  method: 'GET',
  path: '/api/orgs/:org/members',
  permission: 'member.list',
  limit: 'read',
  tag,
  summary: 'Members',
  params: orgParams,
  query: page,
  status: 200,
  reply: pageOf(member),
  handle: async ({ tx }, { query }) => {
    const size = query.limit ?? defaultPageSize;
    let found = active(tx)
      .orderBy('user_id')
      .limit(size + 1);
    if (query.after !== undefined) found = found.where('user_id', '>', query.after);
    return cutPage((await found.execute()).map(show), size);
  },
});

const read = route({
  method: 'GET',
  path: '/api/orgs/:org/members/:member',
  permission: 'member.read',
  limit: 'read',
  tag,
  summary: 'One member',
  params: memberParams,
  query: nothing,
  status: 200,
  reply: member,
  handle: async ({ tx }, { params }) => {
    const row = await active(tx).where('user_id', '=', params.member).executeTakeFirst();
    if (row === undefined) throw notFound();
    return show(row);
  },
});

const update = route({
  method: 'PATCH',
  path: '/api/orgs/:org/members/:member',
  permission: 'member.update',
  limit: 'write',
  tag,
  summary: 'Give a member another role',
  params: memberParams,
  query: nothing,
  body: z.strictObject({ role }),
  status: 200,
  reply: member,
  handle: async ({ tx, role: mine, person, tenantId, services }, { params, body }) => {
    const before = await lockedMember(tx, params.member);
    // Nobody lifts anybody above themselves, and nobody but an owner touches an owner.
    if (!isAtLeast(mine, body.role) || !isAtLeast(mine, before.role)) throw forbidden();
    const row = await tx
      .updateTable('app.memberships')
      .set({ role: body.role, updated_at: services.now() })
      .where('user_id', '=', params.member)
      .returning(['user_id', 'name', 'email', 'role', 'created_at'])
      .executeTakeFirstOrThrow();
    services.log.security('role.changed', { user: person.userId, tenant: tenantId, role: body.role });
    return show(row);
  },
});

const end = async (tx: Tx, userId: string, now: Date): Promise<void> => {
  await tx.deleteFrom('app.space_members').where('user_id', '=', userId).execute();
  await tx
    .updateTable('app.invites')
    .set({ revoked_at: now })
    .where('invited_by', '=', userId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute();
  await tx
    .updateTable('app.memberships')
    .set({ status: 'removed', updated_at: now })
    .where('user_id', '=', userId)
    .execute();
};

const remove = route({
  method: 'DELETE',
  path: '/api/orgs/:org/members/:member',
  permission: 'member.remove',
  limit: 'write',
  tag,
  summary: 'Remove a member',
  params: memberParams,
  query: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ tx, role: mine, person, tenantId, services }, { params }) => {
    const before = await lockedMember(tx, params.member);
    if (!outranks(mine, before.role) && mine !== 'owner') throw forbidden();
    await end(tx, params.member, services.now());
    services.log.security('member.removed', { user: person.userId, tenant: tenantId });
  },
});

const leave = route({
  method: 'POST',
  path: '/api/orgs/:org/leave',
  permission: 'organisation.leave',
  limit: 'write',
  tag,
  summary: 'Leave an organisation',
  params: orgParams,
  query: nothing,
  body: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ tx, person, tenantId, services }) => {
    await lockedMember(tx, person.userId);
    await end(tx, person.userId, services.now());
    services.log.security('member.left', { user: person.userId, tenant: tenantId });
  },
});

export const memberRoutes: readonly Route[] = [list, read, update, remove, leave];
