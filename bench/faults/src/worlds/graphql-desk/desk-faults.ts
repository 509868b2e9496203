import { across } from '../world-fault.ts';
import type { WorldFault } from '../world.ts';

const base = '/graphql~';
const ticket = `${base}/tickets/{id}`;
const comment = `${base}/comments/{id}`;

const beside = (check: 'read' | 'list', operation: string, because: string) =>
  ({ check: `tenancy/cross-tenant-${check}`, place: { operation }, because }) as const;
const hangs = 'what hangs on the object is read with it';

/** Ways to break the desk. */
export const deskFaults: readonly WorldFault[] = [
  {
    ...across('read', 'desk-ticket-by-id-alone', 'a query finds a ticket by its id alone', `GET ${ticket}`),
    alsoExpects: [beside('list', `GET ${ticket}`, hangs)],
  },
  {
    ...across(
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
  across(
    'read',
    'desk-refusal-quotes-subject',
    'the error about a foreign ticket quotes its subject',
    `GET ${ticket}`,
  ),
  across('list', 'desk-list-of-all', 'a connection lists the tickets of all tenants', `GET ${base}/tickets`),
  across(
    'update',
    'desk-update-by-id-alone',
    'a mutation changes a ticket by its id alone',
    `PATCH ${ticket}`,
  ),
  across(
    'delete',
    'desk-delete-by-id-alone',
    'a mutation deletes a ticket by its id alone',
    `DELETE ${ticket}`,
  ),
  across(
    'delete',
    'desk-delete-comment-by-id-alone',
    'a mutation deletes a comment by its id alone',
    `DELETE ${comment}`,
  ),
  {
    ...across(
      'list',
      'desk-related-of-all',
      'tickets of all tenants hang on a ticket as related',
      `GET ${ticket}`,
    ),
    alsoExpects: [
      beside('list', `GET ${ticket}/node`, hangs),
      beside('list', `GET ${comment}`, hangs),
      beside('list', `GET ${comment}/node`, hangs),
    ],
  },
  {
    ...across(
      'read',
      'desk-comment-by-id-alone',
      'a query finds a comment by its id alone',
      `GET ${comment}`,
    ),
    alsoExpects: [beside('list', `GET ${comment}`, hangs)],
  },
  across(
    'list',
    'desk-comments-of-any-ticket',
    'comments are listed for whoever knows the id of their ticket',
    `GET ${base}/comments`,
  ),
  across(
    'list',
    'desk-subjects-of-all',
    'a list of words holds the subjects of all tenants',
    `GET ${base}/recentSubjects`,
  ),
  {
    ...across('update', 'desk-close-by-id-alone', 'a mutation closes a ticket by its id alone', ''),
    expects: { check: 'tenancy/object-actions', place: { operation: `POST ${ticket}/closeTicket` } },
  },
  {
    ...across(
      'insert',
      'desk-comment-on-foreign-ticket',
      'a mutation adds a comment to a ticket of another tenant',
      `POST ${base}/comments`,
    ),
    alsoExpects: [
      beside('read', `POST ${base}/comments`, 'the new comment is answered with the ticket that it is on'),
    ],
  },
  ...[
    [
      'desk-guard-reads-variables',
      'a ticket is guarded by the variables alone, not by literals of the document',
    ],
    ['desk-guard-reads-field-names', 'a ticket is guarded by the name of its field, which an alias changes'],
    ['desk-guard-reads-one-document', 'a ticket is guarded where one document is sent, not in a batch'],
  ].map(([id = '', title = '']): WorldFault => ({
    ...across('read', id, title, `GET ${ticket}`),
    alsoExpects: [beside('list', `GET ${ticket}`, hangs)],
  })),
  {
    id: 'desk-ticket-without-login',
    family: 'SC-AUTHZ',
    title: 'a query finds a ticket for nobody in particular',
    expects: { check: 'access/anonymous-access', place: { operation: `GET ${ticket}` } },
    alsoExpects: [
      beside('read', `GET ${ticket}`, 'what nobody needs a login for, other tenants read too'),
      beside('list', `GET ${ticket}`, hangs),
    ],
  },
  {
    id: 'desk-news-of-all',
    family: 'CK-TENANT',
    title: 'a subscription tells every tenant of new tickets',
    expects: {
      check: 'tenancy/live-channels',
      place: { operation: 'GET /graphql~/ticketAdded', relation: 'foreign admin' },
    },
  },
  {
    id: 'desk-news-for-nobody',
    family: 'CK-TENANT',
    title: 'a subscription tells whoever listens of new tickets, without any login',
    expects: {
      check: 'tenancy/live-channels',
      place: { operation: 'GET /graphql~/ticketAdded', relation: 'anonymous' },
    },
    alsoExpects: [
      {
        check: 'tenancy/live-channels',
        place: { operation: 'GET /graphql~/ticketAdded', relation: 'foreign admin' },
        because: 'who has a login hears it too',
      },
    ],
  },
  {
    id: 'desk-logout-keeps-session',
    family: 'CK-SESSION',
    title: 'the mutation for logging out ends nothing',
    expects: { check: 'session/logout-invalidation', place: {} },
  },
  {
    id: 'desk-origins-of-the-library',
    family: 'SC-CORS-CSRF',
    title: 'the library lets every origin read with credentials, as it does when nothing is said',
    expects: { check: 'browser/cors-untrusted-origin', place: {} },
  },
];
