import { accounts, type Role, type Secrets } from './accounts.ts';
import { collections, type Collection } from './model.ts';
import type { Operator } from './operator.ts';
import type { Mode } from './options.ts';
import { permissionsOf } from './permissions.ts';

const key = {
  field: 'id',
  type: 'uuid',
  meta: { special: ['uuid'], readonly: true, hidden: true },
  schema: { is_primary_key: true },
};

/** Brings tables, roles, permissions and accounts to the wanted state, whatever an earlier run left behind. */
export async function configure(operator: Operator, mode: Mode, secrets: Secrets): Promise<void> {
  await makeTables(operator);
  const tenants = {
    north: await operator.ensure('/items/tenants', { name: { _eq: 'north' } }, { name: 'north' }),
    south: await operator.ensure('/items/tenants', { name: { _eq: 'south' } }, { name: 'south' }),
  };
  const roles = {
    editor: await makeRole(operator, 'editor', mode),
    member: await makeRole(operator, 'member', mode),
  };
  for (const account of accounts) {
    await operator.ensure(
      '/users',
      { email: { _eq: account.email } },
      {
        email: account.email,
        first_name: account.email.split('@')[0],
        password: secrets[account.variable],
        role: roles[account.role],
        tenant: tenants[account.tenant],
        // A review may have locked it out.
        status: 'active',
      },
    );
  }
  for (const { name } of collections) {
    for (const [tenant, id] of Object.entries(tenants)) await makeFirstEntry(operator, name, tenant, id);
  }
}

async function makeTables(operator: Operator): Promise<void> {
  const existing = (await operator.send('GET', '/collections')) as readonly { readonly collection: string }[];
  const names = new Set(existing.map((one) => one.collection));
  if (!names.has('tenants')) {
    const fields = [key, { field: 'name', type: 'string', schema: { is_unique: true, is_nullable: false } }];
    await operator.send('POST', '/collections', { collection: 'tenants', meta: {}, schema: {}, fields });
    await addTenant(operator, 'directus_users');
  }
  for (const collection of collections) {
    if (names.has(collection.name)) continue;
    await operator.send('POST', '/collections', {
      collection: collection.name,
      meta: {},
      schema: {},
      fields: fieldsOf(collection),
    });
    await addTenant(operator, collection.name);
  }
}

const fieldsOf = (collection: Collection): readonly object[] => [
  key,
  ...collection.fields.map(({ field, type, required }) => ({
    field,
    type,
    meta: { required },
    schema: { is_nullable: !required },
  })),
  { field: 'user_created', type: 'uuid', meta: { special: ['user-created'], readonly: true }, schema: {} },
  {
    field: 'date_created',
    type: 'timestamp',
    meta: { special: ['date-created'], readonly: true },
    schema: {},
  },
];

async function addTenant(operator: Operator, collection: string): Promise<void> {
  await operator.send('POST', `/fields/${collection}`, {
    field: 'tenant',
    type: 'uuid',
    meta: { special: ['m2o'], readonly: true },
    schema: {},
  });
  await operator.send('POST', '/relations', {
    collection,
    field: 'tenant',
    related_collection: 'tenants',
    schema: { on_delete: 'RESTRICT' },
  });
}

async function makeRole(operator: Operator, name: Role, mode: Mode): Promise<string> {
  const role = await operator.ensure('/roles', { name: { _eq: name } }, { name });
  const policy = await operator.ensure(
    '/policies',
    { name: { _eq: name } },
    { name, app_access: false, admin_access: false },
  );
  const link = { role: { _eq: role }, policy: { _eq: policy } };
  if ((await operator.find('/access', link)) === null)
    await operator.send('POST', '/access', { role, policy });
  await operator.send('DELETE', '/permissions', {
    query: { filter: { policy: { _eq: policy } }, limit: -1 },
  });
  await operator.send(
    'POST',
    '/permissions',
    permissionsOf(name, mode).map((permission) => ({ policy, ...permission })),
  );
  return role;
}

async function makeFirstEntry(
  operator: Operator,
  collection: string,
  tenant: string,
  id: string,
): Promise<void> {
  if ((await operator.find(`/items/${collection}`, { tenant: { _eq: id } })) !== null) return;
  const first: Readonly<Record<string, object>> = {
    projects: { name: `Harbour of ${tenant}`, description: `What ${tenant} builds this year` },
    notes: { title: `Minutes of ${tenant}`, body: `What ${tenant} talked about` },
    invoices: { number: `${tenant}-1`, customer: `First customer of ${tenant}`, amount: 1200 },
  };
  await operator.send('POST', `/items/${collection}`, { ...first[collection], tenant: id });
}
