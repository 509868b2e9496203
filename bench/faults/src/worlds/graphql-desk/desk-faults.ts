import type { WorldFault } from '../world.ts';

const base = '/graphql~';
const ticket = `${base}/tickets/{id}`;
const comment = `${base}/comments/{id}`;

const fault = (
  check: 'read' | 'list' | 'update' | 'delete' | 'insert',
  id: string,
  title: string,
  operation: string,
): WorldFault => ({
  id,
  family: check === 'read' ? 'SC-AUTHZ' : 'CK-TENANT',
  title,
  expects: { check: `tenancy/cross-tenant-${check}`, place: { operation } },
});

const beside = (check: 'read' | 'list', operation: string, because: string) =>
  ({ check: `tenancy/cross-tenant-${check}`, place: { operation }, because }) as const;
const hangs = 'what hangs on the object is read with it';

/** Ways to break the desk. */
export const deskFaults: readonly WorldFault[] = [
  {
    ...fault('read', 'desk-ticket-by-id-alone', 'a query finds a ticket by its id alone', `GET ${ticket}`),
    alsoExpects: [beside('list', `GET ${ticket}`, hangs)],
  },
  {
    ...fault(
      'read',
      'desk-node-unguarded',
      'node(id) gives any object to anybody who knows its id',
      `GET ${ticket}/node`,
    ),
    alsoExpects: [
      beside('read', `GET ${comment}/node`, 'node gives every kind'),
      beside('list', `GET ${ticket}/node`, hangs),
      beside('list', `GET ${comment}/node`, hangs),
    ],
  },
  fault(
    'read',
    'desk-refusal-quotes-subject',
    'the error about a foreign ticket quotes its subject',
    `GET ${ticket}`,
  ),
  fault('list', 'desk-list-of-all', 'a connection lists the tickets of all tenants', `GET ${base}/tickets`),
  fault(
    'update',
    'desk-update-by-id-alone',
    'a mutation changes a ticket by its id alone',
    `PATCH ${ticket}`,
  ),
  fault(
    'delete',
    'desk-delete-by-id-alone',
    'a mutation deletes a ticket by its id alone',
    `DELETE ${ticket}`,
  ),
  fault(
    'delete',
    'desk-delete-comment-by-id-alone',
    'a mutation deletes a comment by its id alone',
    `DELETE ${comment}`,
  ),
];
