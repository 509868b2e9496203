import * as z from 'zod';

/**
 * Whose object an operation was called on: the caller's own, one of somebody else in the same tenant, the tenant itself (lists,
 * creating, what has no owner), one of another tenant; `anonymous` is nobody calling at all.
 */
export const permissionRelations = ['own', 'peer', 'tenant', 'foreign', 'anonymous'] as const;
export const permissionRelation = z.enum(permissionRelations);
export type PermissionRelation = z.infer<typeof permissionRelation>;

export const permissionStates = ['allowed', 'denied', 'untested'] as const;
export const permissionState = z.enum(permissionStates);
export type PermissionState = z.infer<typeof permissionState>;

/** States by operation, role and relation. */
export const permissionTable = z
  .record(
    z.string().describe('operation id'),
    z
      .record(z.string().describe('role'), z.partialRecord(permissionRelation, permissionState).readonly())
      .readonly(),
  )
  .readonly();
export type PermissionStates = z.infer<typeof permissionTable>;

/** The content of `permissions.lock`: an observed matrix that somebody put their name to. */
export const permissionsLock = z
  .strictObject({
    version: z.literal(1),
    target: z.string(),
    signedBy: z.string().min(1),
    signedOn: z.iso.date(),
    review: z.string().describe('id of the run whose matrix was signed'),
    rights: permissionTable,
  })
  .readonly();
export type PermissionsLock = z.infer<typeof permissionsLock>;

/** The observed matrix as reports show it and as it is signed. */
export const permissionMatrix = z
  .object({
    declaredBy: z.string().nullable().describe('where the declared matrix stands; null when none is'),
    signed: z
      .object({ by: z.string(), on: z.string(), review: z.string() })
      .readonly()
      .nullable()
      .describe(
        'who signed the matrix that this one was compared with; null when there is no permissions.lock',
      ),
    roles: z.array(z.string()).readonly().describe('the strongest first, `anonymous` last'),
    cells: z
      .array(
        z
          .object({
            operation: z.string(),
            role: z.string(),
            relation: permissionRelation,
            observed: permissionState,
            because: z.string(),
            doubt: z.string().nullable().describe('why a person should look at it; null when nothing is odd'),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type PermissionMatrix = z.infer<typeof permissionMatrix>;
