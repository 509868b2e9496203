import type { Fault } from '../fault.ts';
import { ownerConnection } from './owner-connection.ts';

const acceptInvite = 'src/foundation/tenancy/accept-invite.ts';
const inviteRoutes = 'src/foundation/tenancy/invite-routes.ts';
const isolation = 'migrations/0004-isolation.sql';

/** Invites that let in whom they should not, or at a wrong time. */
export const inviteFaults: readonly Fault[] = [
  {
    id: 'invite-works-twice',
    family: 'SC-INVITE',
    title: 'an invite that was used can be used again',
    edits: [
      { file: acceptInvite, find: `          .where('used_at', 'is', null)\n`, replace: '' },
      {
        file: isolation,
        find: `i.used_at is null and i.revoked_at is null`,
        replace: `i.revoked_at is null`,
      },
    ],
    expects: { check: 'invites/single-use', place: { relation: 'second-use' } },
  },
  {
    id: 'invite-for-whoever-holds-the-link',
    family: 'SC-INVITE',
    title: 'an account with another address than the invited one may accept',
    edits: [
      {
        file: acceptInvite,
        find: `if (!person.emailVerified || invite.email !== person.email)`,
        replace: `if (!person.emailVerified)`,
      },
    ],
    expects: { check: 'invites/bound-to-address', place: { relation: 'other-account' } },
  },
  {
    id: 'revoked-invite-works',
    family: 'SC-INVITE',
    title: 'an invite that was withdrawn can still be accepted',
    edits: [
      { file: acceptInvite, find: `          .where('revoked_at', 'is', null)\n`, replace: '' },
      {
        file: isolation,
        find: `i.used_at is null and i.revoked_at is null`,
        replace: `i.used_at is null`,
      },
    ],
    expects: { check: 'invites/revocation', place: { relation: 'revoked' } },
  },
  {
    id: 'looking-uses-up-the-invite',
    family: 'SC-INVITE',
    title: 'fetching the link of an invite, as mail scanners do, uses it up',
    edits: [
      ownerConnection,
      {
        file: 'src/foundation/tenancy/invite-mail.ts',
        find: '/invites/accept#token=',
        replace: '/invites/accept?token=',
      },
      {
        file: 'src/foundation/http/create-server.ts',
        find: `  app.get('/openapi.json',`,
        replace: `  app.get('/invites/accept', { schema: { hide: true } }, async (request, reply) => {
    const { hashSecret } = await import('../identity/hash-secret.ts');
    await services.owner
      .updateTable('app.invites')
      .set({ used_at: new Date() })
      .where('token_hash', '=', hashSecret(String(request.query.token)))
      .execute();
    return reply.code(204).send();
  });
  app.get('/openapi.json',`,
      },
    ],
    expects: { check: 'invites/safe-method', place: { relation: 'safe-method' } },
  },
  {
    id: 'invite-lives-a-month',
    family: 'SC-INVITE',
    title: 'an invite is good for thirty days',
    edits: [
      {
        file: inviteRoutes,
        find: `const hours = services.config.inviteHours;`,
        replace: `const hours = 720;`,
      },
    ],
    expects: { check: 'invites/lifetime', place: { relation: 'lifetime', variant: 'too long' } },
  },
  {
    id: 'expired-invite-works',
    family: 'CK-INVITE',
    title: 'the end of an invite is written down and never compared',
    edits: [
      { file: acceptInvite, find: `          .where('expires_at', '>', sql<Date>\`now()\`)\n`, replace: '' },
      { file: isolation, find: ` and i.expires_at > now()`, replace: '' },
    ],
    expects: { check: 'invites/expiry', place: { relation: 'expired' } },
  },
  {
    id: 'invite-lives-an-hour',
    family: 'SC-INVITE',
    title: 'an invite is good for one hour',
    edits: [
      {
        file: inviteRoutes,
        find: `const hours = services.config.inviteHours;`,
        replace: `const hours = 1;`,
      },
    ],
    expects: { check: 'invites/lifetime', place: { relation: 'lifetime', variant: 'too short' } },
  },
];
