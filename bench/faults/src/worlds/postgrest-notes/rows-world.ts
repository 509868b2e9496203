import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import { across } from '../world-fault.ts';
import type { World } from '../world.ts';
import { rowsApp } from './rows-app.ts';

const table = '/rest/v1/notes';
const row = `${table}/{id}`;

/** Notes behind PostgREST's dialect, kept apart by row-level policies. */
export const rowsWorld: World = {
  id: 'postgrest-notes',
  framework: 'express',
  accounts: twoTenants(),
  traps: [],
  faults: [
    {
      ...across('read', 'rows-select-without-policy', 'the table has no policy for select', `GET ${row}`),
      alsoExpects: [
        {
          check: 'tenancy/cross-tenant-list',
          place: { operation: `GET ${table}` },
          because: 'the list is the same command',
        },
        {
          check: 'access/anonymous-access',
          place: { operation: `GET ${table}` },
          because: 'the policy was all that kept nobody out',
        },
        {
          check: 'access/anonymous-access',
          place: { operation: `GET ${row}` },
          because: 'the policy was all that kept nobody out',
        },
      ],
    },
    across('update', 'rows-update-without-policy', 'the table has no policy for update', `PATCH ${row}`),
    across('delete', 'rows-delete-without-policy', 'the table has no policy for delete', `DELETE ${row}`),
  ],
  start: (switches) => listen(rowsApp(twoTenants(), (one) => switches.has(one))),
  target: { roles: ['admin', 'member'], postgrest: '/rest/v1/' },
};
