import type { Trap } from '../traps/trap.ts';

/** Something across tenants that looks guilty, met when a trial of this operation was made; `and` are further texts of that trial. */
export const crossTenantTrap = (
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
  metWhen: [{ kind: 'crossTenant', mentions: operation, ...(and.length > 0 ? { and } : {}) }],
});
