import type { WorldFault } from './world.ts';

/** A fault that one check finds in one place; an empty place stands for any. */
export const fault = (
  family: string,
  check: string,
  id: string,
  title: string,
  place: WorldFault['expects']['place'] = {},
): WorldFault => ({ id, family, title, expects: { check, place } });

/** A fault by which one tenant reaches what is another's through this operation. */
export const across = (
  action: 'read' | 'list' | 'update' | 'delete' | 'insert',
  id: string,
  title: string,
  operation: string,
): WorldFault =>
  fault(action === 'read' ? 'SC-AUTHZ' : 'CK-TENANT', `tenancy/cross-tenant-${action}`, id, title, {
    operation,
  });

/** Guesses of passwords are counted neither for an account nor for an address. */
export const unlimitedLogin = (id: string): WorldFault => ({
  ...fault('SC-RATE', 'limits/login-rate-limit', id, 'wrong passwords may be tried without end', {
    variant: 'one-account',
  }),
  alsoExpects: [
    {
      check: 'limits/login-rate-limit',
      place: { variant: 'many-accounts' },
      because: 'nothing is counted per address either',
    },
  ],
});
