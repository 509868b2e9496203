import type { Trap } from '../../traps/trap.ts';
import { crossTenantTrap } from '../cross-tenant-trap.ts';

/** Answers of the doors that look guilty. */
export const doorsTraps: readonly Trap[] = [
  crossTenantTrap(
    'doors-cookie-ignored',
    'a list with the cookie of another tenant is answered 200',
    'it is the own list: the cookie only chooses what the pages look like',
    'GET /api/orders',
    'cookie org',
  ),
  crossTenantTrap(
    'doors-address-ignored',
    'the sub-domain of another tenant answers 200 to a foreign login',
    'it shows what belongs to the login',
    'GET /api/orders',
    '"slot":"host"',
  ),
  crossTenantTrap(
    'doors-own-taken-instead',
    'a change of an own order with a foreign id in its body is answered 200',
    'the own order is changed',
    'PATCH /api/orders/{order}',
  ),
  crossTenantTrap(
    'doors-settings-of-own',
    'a change of foreign settings is answered 200',
    'those of the own tenant are changed',
    'PATCH /api/tenants/{tenant}/settings',
  ),
  crossTenantTrap(
    'doors-foreign-result-is-empty',
    'the result of foreign work is answered 200',
    'it says that there is none',
    'GET /api/exports/{export}',
  ),
];
