import { across, fault } from '../world-fault.ts';
import type { WorldFault } from '../world.ts';

const note = '/api/notes/{noteId}';
const notebook = '/api/notebooks/{notebookId}';

/** Ways to break the notes. */
export const notesFaults: readonly WorldFault[] = [
  across('read', 'notes-note-by-id-alone', 'a note is looked up by its id alone', `GET ${note}`),
  across(
    'read',
    'notes-error-page-names-note',
    'the page that refuses a note holds its title',
    `GET ${note}`,
  ),
  across('read', 'notes-teaser', 'a foreign note is answered with its text as a teaser', `GET ${note}`),
  across('read', 'notes-notebook-by-id-alone', 'a notebook is looked up by its id alone', `GET ${notebook}`),
  across('list', 'notes-list-unfiltered', 'notes of all teams are listed', 'GET /api/notes'),
  across('list', 'notes-notebooks-unfiltered', 'notebooks of all teams are listed', 'GET /api/notebooks'),
  across(
    'list',
    'notes-foreign-notebook-opened',
    'notes in any notebook are listed',
    `GET ${notebook}/notes`,
  ),
  across('list', 'notes-find-unfiltered', 'the search finds notes of all teams', 'GET /api/find'),
  across('list', 'notes-summary-mixes', 'the summary names notebooks of all teams', 'GET /api/summary'),
  across('update', 'notes-changed-by-id-alone', 'a note is changed by its id alone', `PATCH ${note}`),
  across(
    'update',
    'notes-changed-and-forbidden',
    'changing a foreign note is answered 403, after it was done',
    `PATCH ${note}`,
  ),
  across('delete', 'notes-deleted-by-id-alone', 'a note is deleted by its id alone', `DELETE ${note}`),
  across(
    'delete',
    'notes-deleted-and-absent',
    'deleting a foreign note is answered 404, after it was done',
    `DELETE ${note}`,
  ),
  across(
    'delete',
    'notes-notebook-deleted-by-id',
    'a notebook is deleted by its id alone',
    `DELETE ${notebook}`,
  ),
  across(
    'insert',
    'notes-note-into-foreign-notebook',
    'a note is put into whatever notebook its path names',
    `POST ${notebook}/notes`,
  ),
  fault('SC-AUTHN', 'access/anonymous-access', 'notes-list-without-login', 'notes are listed for everybody', {
    operation: 'GET /api/notes',
  }),
  fault(
    'SC-AUTHN',
    'access/anonymous-access',
    'notes-deleted-without-login',
    'a note is deleted without a session, although the answer is 404',
    { operation: `DELETE ${note}` },
  ),
  fault(
    'SC-SESSION',
    'browser/cookie-flags',
    'notes-cookie-for-scripts',
    'scripts can read the session cookie',
    {
      variant: 'HttpOnly',
    },
  ),
  fault(
    'SC-SESSION',
    'browser/cookie-flags',
    'notes-cookie-for-other-sites',
    'the session cookie travels with requests of other sites',
    { variant: 'SameSite' },
  ),
  fault(
    'SC-SESSION',
    'session/logout-invalidation',
    'notes-logout-keeps-session',
    'logging out ends nothing',
    {
      relation: 'logout',
    },
  ),
  fault(
    'SC-SESSION',
    'session/password-change-invalidation',
    'notes-password-keeps-sessions',
    'a new password leaves other sessions open',
    { relation: 'password-change' },
  ),
  fault(
    'SC-CORS-CSRF',
    'browser/cors-untrusted-origin',
    'notes-cors-null',
    'the origin null may read answers',
    {
      relation: 'null',
    },
  ),
  fault(
    'SC-CORS-CSRF',
    'browser/cors-untrusted-origin',
    'notes-cors-begins-alike',
    'origins that begin like the real one may read answers: the pattern has no end',
    { relation: 'suffix' },
  ),
  fault(
    'SC-CORS-CSRF',
    'browser/security-headers',
    'notes-page-without-policy',
    'the start page sends no content security policy',
    { header: 'content-security-policy' },
  ),
  fault(
    'SC-CORS-CSRF',
    'browser/security-headers',
    'notes-may-be-framed',
    'other sites may frame the start page',
    {
      header: 'x-frame-options',
    },
  ),
  fault('SC-INPUT', 'input/malformed-input', 'notes-broken-json-crashes', 'broken JSON is answered 500', {
    variant: 'broken-json',
  }),
  fault(
    'SC-INPUT',
    'input/error-disclosure',
    'notes-stack-in-errors',
    'broken JSON is answered with a stack',
    {},
  ),
];
