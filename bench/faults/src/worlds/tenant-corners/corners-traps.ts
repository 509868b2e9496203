import type { MetWhen, Trap } from '../../traps/trap.ts';

const trap = (
  id: string,
  looksLike: string,
  isSafeBecause: string,
  operation: string,
  ...and: readonly string[]
): Trap => ({
  id,
  family: 'CK-TENANT',
  looksLike,
  isSafeBecause,
  metWhen: [
    { kind: 'crossTenant', mentions: operation, ...(and.length > 0 ? { and } : {}) } satisfies MetWhen,
  ],
});

/** Answers of the corners that look guilty. */
export const cornersTraps: readonly Trap[] = [
  trap(
    'corner-own-trash',
    'the trash shows what was deleted',
    'it is that of the own tenant',
    'GET /api/papers/trash',
  ),
  trap(
    'corner-same-slug',
    'a page of the same name as a foreign one is made',
    'it lies beside that, in the own tenant',
    'POST /api/pages',
  ),
  trap(
    'corner-members-of-own',
    'the members of a foreign tenant are answered 200',
    'they are those of the own tenant',
    'GET /api/tenants/{tenant}/members',
  ),
  trap(
    'corner-dangling-board',
    'a card keeps the id of a foreign board',
    'it never shows it',
    'POST /api/cards',
    'body:/boardId',
  ),
];
