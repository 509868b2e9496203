import * as z from 'zod';

/** Roles inside an organisation, from the strongest to the weakest. */
export const roles = ['owner', 'admin', 'staff', 'member', 'client', 'restricted'] as const;

export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Whether the first role is at least as strong as the second. */
export const isAtLeast = (actual: Role, wanted: Role): boolean =>
  roles.indexOf(actual) <= roles.indexOf(wanted);

/** Whether the first role is stronger than the second. */
export const outranks = (actual: Role, other: Role): boolean => roles.indexOf(actual) < roles.indexOf(other);
