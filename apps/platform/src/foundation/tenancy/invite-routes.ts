import * as z from 'zod';
import { HttpError, conflict, forbidden, notFound } from '../http/http-error.ts';
import { type Route, noContent, nothing, route } from '../http/route.ts';
import { hashSecret, newSecret } from '../identity/hash-secret.ts';
import { id, newId } from '../ids.ts';
import { cutPage, defaultPageSize, email, mailedSecret, moment, page, pageOf } from '../input.ts';
import { type Role, role } from '../policy/roles.ts';
import { acceptInvite } from './accept-invite.ts';
import { inviteMail } from './invite-mail.ts';
import { mayInvite } from './may-invite.ts';
import { orgParams } from './organisation-routes.ts';

const tag = 'invites';
const status = z.enum(['open', 'used', 'revoked', 'expired']);
const invite = z.object({
  id,
  email: z.string(),
  role,
  status,
  invitedBy: id,
  createdAt: moment,
  expiresAt: moment,
});

interface InviteRow {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly invited_by: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly revoked_at: Date | null;
}

const statusOf = (row: InviteRow, now: Date): z.infer<typeof status> => {
  if (row.used_at !== null) return 'used';
  if (row.revoked_at !== null) return 'revoked';
  return row.expires_at > now ? 'open' : 'expired';
};

const show = (row: InviteRow, now: Date) => ({
  id: row.id,
  email: row.email,
  role: row.role,
  status: statusOf(row, now),
  invitedBy: row.invited_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});

const columns = [
  'id',
  'email',
  'role',
  'invited_by',
  'created_at',
  'expires_at',
  'used_at',
  'revoked_at',
] as const;

const list = route({
  method: 'GET',
  path: '/api/orgs/:org/invites',
  permission: 'invite.list',
  limit: 'read',
  tag,
  summary: 'Invites, newest first',
  params: orgParams,
  query: page,
  status: 200,
  reply: pageOf(invite),
  handle: async ({ tx, services }, { query }) => {
    const size = query.limit ?? defaultPageSize;
    let found = tx
      .selectFrom('app.invites')
      .select(columns)
      .orderBy('id', 'desc')
      .limit(size + 1);
    if (query.after !== undefined) found = found.where('id', '<', query.after);
    return cutPage(
      (await found.execute()).map((row) => show(row, services.now())),
      size,
    );
  },
});

const create = route({
  method: 'POST',
  path: '/api/orgs/:org/invites',
  permission: 'invite.create',
  limit: 'invite',
  tag,
  summary: 'Invite somebody by mail',
  params: orgParams,
  query: nothing,
  body: z.strictObject({ email, role }),
  status: 201,
  reply: invite,
  handle: async ({ tx, tenantId, person, role: mine, services }, { body }) => {
    if (!mayInvite(mine, body.role)) throw forbidden('your role may not invite to this role');
    const member = await tx
      .selectFrom('app.memberships')
      .select('user_id')
      .where('email', '=', body.email)
      .where('status', '=', 'active')
      .executeTakeFirst();
    if (member !== undefined) throw conflict('already_member', 'this address belongs to a member');
    const { name } = await tx.selectFrom('app.tenants').select('name').executeTakeFirstOrThrow();
    const secret = newSecret();
    const hours = services.config.inviteHours;
    const now = services.now();
    const row = await tx
      .insertInto('app.invites')
      .values({
        tenant_id: tenantId,
        id: newId(),
        token_hash: hashSecret(secret),
        email: body.email,
        role: body.role,
        invited_by: person.userId,
        expires_at: new Date(now.getTime() + hours * 3_600_000),
      })
      .returning(columns)
      .executeTakeFirstOrThrow();
    services.mailer.send(
      inviteMail(services.origin, { to: body.email, organisation: name, role: body.role, hours, secret }),
    );
    services.log.security('invite.created', { user: person.userId, tenant: tenantId, role: body.role });
    return show(row, now);
  },
});

const inviteParams = orgParams.extend({ invite: id });

const read = route({
  method: 'GET',
  path: '/api/orgs/:org/invites/:invite',
  permission: 'invite.list',
  limit: 'read',
  tag,
  summary: 'One invite',
  params: inviteParams,
  query: nothing,
  status: 200,
  reply: invite,
  handle: async ({ tx, services }, { params }) => {
    const row = await tx
      .selectFrom('app.invites')
      .select(columns)
      .where('id', '=', params.invite)
      .executeTakeFirst();
    if (row === undefined) throw notFound();
    return show(row, services.now());
  },
});

const revoke = route({
  method: 'DELETE',
  path: '/api/orgs/:org/invites/:invite',
  permission: 'invite.revoke',
  limit: 'write',
  tag,
  summary: 'Withdraw an invite that was not used yet',
  params: inviteParams,
  query: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ tx, tenantId, person, services }, { params }) => {
    const revoked = await tx
      .updateTable('app.invites')
      .set({ revoked_at: services.now() })
      .where('id', '=', params.invite)
      .where('used_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (revoked === undefined) throw notFound();
    services.log.security('invite.revoked', { user: person.userId, tenant: tenantId });
  },
});

const refusals = {
  invalid: () => new HttpError(400, 'invalid_token', 'the invite is used, expired, withdrawn or not valid'),
  'other-address': () =>
    forbidden('this invite is for another address; sign in with the address it was mailed to'),
  'already-member': () => conflict('already_member', 'you are a member already'),
};

const accept = route({
  method: 'POST',
  path: '/api/invites/accept',
  permission: 'account',
  limit: 'token',
  tag,
  summary: 'Accept an invite with the secret of the mailed link',
  params: nothing,
  query: nothing,
  body: z.strictObject({ token: mailedSecret }),
  status: 200,
  reply: z.object({ organisation: z.object({ id, slug: z.string(), name: z.string() }), role }),
  handle: async ({ services, person }, { body }) => {
    const outcome = await acceptInvite(services, hashSecret(body.token), person);
    if (outcome.kind === 'joined') {
      const { organisation } = outcome;
      services.log.security('member.joined', {
        user: person.userId,
        tenant: organisation.id,
        role: outcome.role,
      });
      return { organisation, role: outcome.role };
    }
    services.log.security('invite.refused', { user: person.userId, reason: outcome.kind });
    throw refusals[outcome.kind]();
  },
});

export const inviteRoutes: readonly Route[] = [list, create, read, revoke, accept];
