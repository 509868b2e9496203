import type { Account } from '../../traps/store.ts';
import type { IsOn, WorldFault } from '../world.ts';

export type Deed = 'read' | 'list' | 'update' | 'delete' | 'insert' | 'act';

const one = '/api/cards/{card}';
const holes: Readonly<Record<Deed, { readonly check: string; readonly operation: string }>> = {
  read: { check: 'tenancy/cross-tenant-read', operation: `GET ${one}` },
  list: { check: 'tenancy/cross-tenant-list', operation: 'GET /api/cards' },
  update: { check: 'tenancy/cross-tenant-update', operation: `PUT ${one}` },
  delete: { check: 'tenancy/cross-tenant-delete', operation: `DELETE ${one}` },
  insert: { check: 'tenancy/cross-tenant-insert', operation: 'POST /api/cards' },
  act: { check: 'tenancy/object-actions', operation: `POST ${one}/pin` },
};
const deeds: readonly Deed[] = ['read', 'list', 'update', 'delete', 'insert', 'act'];
const nameOf = (deed: Deed, from: string): string => `corner-${deed}-from-${from}-by-members`;

/** Whether a hole that is open to the members of one tenant alone lets this account through. */
export const oneWayHole = (isOn: IsOn, { tenant, role }: Account, deed: Deed): boolean =>
  role === 'member' && isOn(nameOf(deed, tenant));

/** Holes on one kind of object, for the weaker role, in one direction: each deed in each direction. */
export const oneWayFaults: readonly WorldFault[] = deeds.flatMap((deed) =>
  ['north', 'south'].map((from): WorldFault => ({
    id: nameOf(deed, from),
    family: 'CK-TENANT',
    title: `members of ${from} alone may ${deed} cards of the other tenant`,
    expects: { check: holes[deed].check, place: { operation: holes[deed].operation } },
    // Protected fields are tried as one member, who is of the north.
    ...(deed === 'insert' && from === 'north'
      ? {
          alsoExpects: [
            {
              check: 'mass-assignment/protected-fields',
              place: { operation: holes[deed].operation },
              because: 'the tenant of a card is a field that nobody may set',
            },
          ],
        }
      : {}),
  })),
);
