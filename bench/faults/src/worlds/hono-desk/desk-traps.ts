import type { Trap } from '../../traps/trap.ts';

const trap = (
  id: string,
  looksLike: string,
  isSafeBecause: string,
  mentions: string,
  ...and: readonly string[]
): Trap => ({
  id,
  family: 'SC-AUTHZ',
  looksLike,
  isSafeBecause,
  metWhen: [{ kind: 'massAssignment', mentions, and }],
});

/** Secure ways to treat fields that do not belong into a body. */
export const deskTraps: readonly Trap[] = [
  trap(
    'desk-echoes-what-it-drops',
    'a change answers with the state that was sent',
    'it is not stored: the next read shows the old one',
    'PATCH /articles/{articleId}',
    '"field":"status"',
    '"verdict":"ignored"',
  ),
  trap(
    'desk-strict-body',
    'a body with a further field is refused, while the same without it is accepted',
    'a strict schema refuses what it does not know',
    'POST /notes',
    '"verdict":"refused"',
  ),
  trap(
    'desk-default-is-the-value',
    'an article is approved although nobody approved it, like the value that was sent',
    'every article is approved by itself',
    'POST /articles',
    '"field":"status"',
    '"verdict":"ignored"',
  ),
  trap(
    'desk-admins-set-the-state',
    'the same change takes the state when an admin sends it',
    'a member’s state is dropped',
    'PATCH /tickets/{ticketId}',
    '"field":"status"',
    '"verdict":"ignored"',
  ),
  trap(
    'desk-keeps-any-key',
    'a scrap is read back with every key that was sent, such as a role',
    'the store keeps what it is given, and nothing asks these keys for anything',
    'POST /scraps',
    '"verdict":"ignored"',
    'made-up',
  ),
  trap(
    'desk-first-is-approved',
    'articles made with the opposite of what the first one held in a yes-or-no field hold that opposite',
    'only the first article of an organisation differs, whatever is sent',
    'POST /articles',
    '"field":"approved"',
    '"verdict":"ignored"',
  ),
  {
    id: 'desk-key-echoes-role',
    family: 'CK-ROLES',
    looksLike: 'a new key is answered with the admin role that was asked for',
    isSafeBecause: 'it can do what its maker can, and no more',
    metWhen: [{ kind: 'roleMatrix', mentions: 'POST /api-keys', and: ['a key was made'] }],
  },
  {
    id: 'desk-refuses-members-with-400',
    family: 'CK-ROLES',
    looksLike: 'a member’s request is called wrong, as if its body were',
    isSafeBecause: 'it is how this desk refuses a role: the same body is taken from an admin',
    metWhen: [
      { kind: 'roleMatrix', mentions: 'POST /notices', and: ['"observed":"denied"'] },
      { kind: 'roleMatrix', mentions: 'DELETE /notices/{noticeId}', and: ['"observed":"denied"'] },
    ],
  },
  {
    id: 'desk-role-is-a-wish',
    family: 'CK-ROLES',
    looksLike: 'a member is answered with the admin role that it asked for itself',
    isSafeBecause: 'it is a wish: nothing is changed before an admin agrees',
    metWhen: [{ kind: 'roleMatrix', mentions: 'PUT /members/wish', and: ['"verdict":"refused"'] }],
  },
  {
    id: 'desk-card-ignores-the-name',
    family: 'SC-AUTHZ',
    looksLike: 'a change that names another account is accepted and answered with its name',
    isSafeBecause: 'it changes the account of the session, whoever is named',
    metWhen: [
      {
        kind: 'accessCoverage',
        mentions: 'PUT /card',
        and: ['"credential":"other-user"', 'changed nothing of it'],
      },
    ],
  },
  {
    id: 'desk-masked-password',
    family: 'SC-AUTHZ',
    looksLike: 'members are listed with a field named password',
    isSafeBecause: 'it holds eight asterisks for everybody',
    metWhen: [{ kind: 'roleMatrix', mentions: 'GET /members', and: ['"observed":"allowed"'] }],
  },
];
