import type { WorldFault } from '../world.ts';

const takes = (id: string, title: string, operation: string, field: string): WorldFault => ({
  id,
  family: 'SC-AUTHZ',
  title,
  expects: { check: 'mass-assignment/protected-fields', place: { operation, variant: field } },
});
const create = 'POST /tickets';
const change = 'PATCH /tickets/{ticketId}';

/** Ways to break the desk. */
export const deskFaults: readonly WorldFault[] = [
  takes('desk-create-takes-owner', 'a new ticket belongs to whom the body names', create, 'ownerId'),
  takes(
    'desk-create-takes-tenant',
    'a new ticket lies in the organisation that the body names',
    create,
    'orgId',
  ),
  takes('desk-create-takes-date', 'a new ticket is as old as the body says', create, 'createdAt'),
  takes('desk-create-takes-status', 'a new ticket has the state that the body names', create, 'status'),
  takes('desk-change-takes-owner', 'a change gives a ticket to somebody else', change, 'ownerId'),
  takes('desk-change-takes-status', 'a member sets the state of a ticket, which admins do', change, 'status'),
  takes('desk-change-takes-featured', 'a member puts a ticket on the front page', change, 'featured'),
  takes('desk-change-takes-price', 'a member sets what a ticket costs', change, 'price'),
  takes(
    'desk-create-takes-hidden-approval',
    'a new ticket is approved as the body says, which no answer shows before',
    create,
    'approved',
  ),
  takes(
    'desk-article-leaves-by-hidden-tenant',
    'a change moves an article to another organisation by a column that no answer shows',
    'PATCH /articles/{articleId}',
    'tenantId',
  ),
  takes(
    'desk-refuses-price-and-stores-it',
    'a change with a price is refused as not permitted, and stored all the same',
    change,
    'price',
  ),
  takes('desk-profile-takes-plan', 'people choose their plan in their profile', 'PATCH /profile', 'plan'),
  takes('desk-profile-takes-credits', 'people give themselves credits', 'PATCH /profile', 'credits'),
  takes('desk-profile-takes-verified', 'people verify their own address', 'PATCH /profile', 'emailVerified'),
  takes('desk-register-takes-role', 'a new account has the role that it asks for', 'POST /register', 'role'),
  {
    id: 'desk-profile-takes-role',
    family: 'CK-ROLES',
    title: 'people choose their role in their profile',
    expects: { check: 'roles/self-promotion', place: { operation: 'PATCH /profile' } },
  },
  {
    id: 'desk-key-takes-role',
    family: 'CK-ROLES',
    title: 'a key has the role that its maker asks for',
    expects: { check: 'roles/self-promotion', place: { operation: 'POST /api-keys' } },
  },
  {
    id: 'desk-members-give-roles',
    family: 'CK-ROLES',
    title: 'members give roles to whom the body names, themselves too',
    expects: { check: 'roles/self-promotion', place: { operation: 'PUT /members/role' } },
  },
  {
    id: 'desk-account-by-name',
    family: 'SC-AUTHZ',
    title: 'a change of the own account changes whichever account its body names',
    expects: { check: 'access/foreign-credential', place: { operation: 'PUT /account' } },
  },
  {
    id: 'desk-members-post-notices',
    family: 'CK-ROLES',
    title: 'members put up notices, which the document keeps for admins',
    expects: { check: 'roles/role-matrix', place: { operation: 'POST /notices' } },
  },
  {
    id: 'desk-members-show-hashes',
    family: 'SC-AUTHZ',
    title: 'the list of members holds the hashes of their passwords',
    expects: {
      check: 'mass-assignment/excessive-exposure',
      place: { operation: 'GET /members', variant: 'passwordHash' },
    },
  },
  {
    id: 'desk-members-show-reset-tokens',
    family: 'SC-AUTHZ',
    title: 'the list of members holds the tokens that reset their passwords',
    expects: {
      check: 'mass-assignment/excessive-exposure',
      place: { operation: 'GET /members', variant: 'resetToken' },
    },
  },
  {
    id: 'desk-members-read-audit',
    family: 'CK-ROLES',
    title: 'members read the audit log, which the document keeps for admins',
    expects: { check: 'roles/role-matrix', place: { operation: 'GET /audit' } },
  },
  {
    id: 'desk-reports-opened',
    family: 'CK-ROLES',
    title: 'members read reports, which was signed as denied and is declared nowhere',
    expects: { check: 'roles/permissions-lock', place: { operation: 'GET /reports' } },
  },
];
