import type { Account } from '../traps/store.ts';

const roles = ['admin', 'member', 'throwaway'] as const;

/** Accounts of two tenants, each with an admin, a member and an account that tests may lock out. */
export const twoTenants = (): readonly Account[] =>
  ['north', 'south'].flatMap((tenant) =>
    roles.map((role) => ({
      email: `${role}@${tenant}.test`,
      tenant,
      role,
      password: `Bench-${role}-of-${tenant}-Qw7`,
    })),
  );
