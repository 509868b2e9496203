import type { Role } from './accounts.ts';
import { collections, type Collection } from './model.ts';
import type { Mode } from './options.ts';

type Action = 'create' | 'read' | 'update' | 'delete';

/** A permission as Directus stores it: which entries, which fields, and what is filled in at creation. */
export interface Permission {
  readonly collection: string;
  readonly action: Action;
  readonly permissions: object;
  readonly validation: null;
  readonly presets: object | null;
  readonly fields: readonly string[];
}

const ownTenant = { tenant: { _eq: '$CURRENT_USER.tenant' } };

/** What each role may do with the entries of its own tenant. */
const may: Readonly<Record<Role, Readonly<Record<string, readonly Action[]>>>> = {
  editor: {
    projects: ['create', 'read', 'update', 'delete'],
    notes: ['create', 'read', 'update', 'delete'],
    invoices: ['create', 'read', 'update', 'delete'],
  },
  member: { projects: ['read', 'update'], notes: ['create', 'read', 'update', 'delete'], invoices: [] },
};

/** All permissions of a role. Weakened takes the tenant filter from one of them: members read the notes of everybody. */
export function permissionsOf(role: Role, mode: Mode): readonly Permission[] {
  const entries = collections.flatMap((collection) =>
    (may[role][collection.name] ?? []).map((action) => entryPermission(collection, action)),
  );
  const all = [...entries, ...accountPermissions];
  if (mode === 'strict' || role === 'editor') return all;
  return all.map((one) =>
    one.collection === 'notes' && one.action === 'read' ? { ...one, permissions: {} } : one,
  );
}

function entryPermission(collection: Collection, action: Action): Permission {
  const writable = collection.fields.map((field) => field.field);
  return {
    collection: collection.name,
    action,
    permissions: action === 'create' ? {} : ownTenant,
    validation: null,
    presets: action === 'create' ? { tenant: '$CURRENT_USER.tenant' } : null,
    fields: action === 'read' || action === 'delete' ? ['*'] : writable,
  };
}

/** Everybody sees the accounts and the name of the own tenant, and changes the own name and password. */
const accountPermissions: readonly Permission[] = [
  {
    collection: 'tenants',
    action: 'read',
    permissions: { id: { _eq: '$CURRENT_USER.tenant' } },
    validation: null,
    presets: null,
    fields: ['*'],
  },
  {
    collection: 'directus_users',
    action: 'read',
    permissions: ownTenant,
    validation: null,
    presets: null,
    fields: ['id', 'first_name', 'last_name', 'email', 'tenant'],
  },
  {
    collection: 'directus_users',
    action: 'update',
    permissions: { id: { _eq: '$CURRENT_USER' } },
    validation: null,
    presets: null,
    fields: ['first_name', 'last_name', 'password'],
  },
];
