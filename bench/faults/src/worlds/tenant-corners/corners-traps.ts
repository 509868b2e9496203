import type { Trap } from '../../traps/trap.ts';
import { crossTenantTrap } from '../cross-tenant-trap.ts';

/** Answers of the corners that look guilty. */
export const cornersTraps: readonly Trap[] = [
  crossTenantTrap(
    'corner-own-trash',
    'the trash shows what was deleted',
    'it is that of the own tenant',
    'GET /api/papers/trash',
  ),
  crossTenantTrap(
    'corner-same-slug',
    'a page of the same name as a foreign one is made',
    'it lies beside that, in the own tenant',
    'POST /api/pages',
  ),
  crossTenantTrap(
    'corner-members-of-own',
    'the members of a foreign tenant are answered 200',
    'they are those of the own tenant',
    'GET /api/tenants/{tenant}/members',
  ),
  crossTenantTrap(
    'corner-dangling-board',
    'a card keeps the id of a foreign board',
    'it never shows it',
    'POST /api/cards',
    'body:/boardId',
  ),
];
