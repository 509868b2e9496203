import { across, unlimitedLogin } from '../world-fault.ts';
import type { WorldFault } from '../world.ts';

const project = '/api/projects/{project}';
const task = `${project}/tasks/{task}`;

/** Ways to break the tracker. */
export const trackerFaults: readonly WorldFault[] = [
  across('read', 'tracker-project-by-id-alone', 'a project is looked up by its id alone', `GET ${project}`),
  across(
    'read',
    'tracker-refusal-quotes-title',
    'a foreign project is refused with 403 and a message that holds its title',
    `GET ${project}`,
  ),
  across(
    'read',
    'tracker-redirect-carries-project',
    'a foreign project is answered with a redirect whose body is the project',
    `GET ${project}`,
  ),
  across(
    'read',
    'tracker-request-access-page',
    'a foreign project is answered with a page to ask for access, which names it',
    `GET ${project}`,
  ),
  across(
    'read',
    'tracker-partial-preview',
    'a foreign project is answered with a preview of it',
    `GET ${project}`,
  ),
  across(
    'read',
    'tracker-north-reads-south',
    'one tenant reads the other, but not the reverse',
    `GET ${project}`,
  ),
  across(
    'read',
    'tracker-task-below-own-project',
    'a task is looked up by its id alone below a project of one’s own',
    `GET ${task}`,
  ),
  across('list', 'tracker-list-unfiltered', 'projects of all tenants are listed', 'GET /api/projects'),
  across('list', 'tracker-search-unfiltered', 'the search finds tasks of all tenants', 'GET /api/search'),
  across('list', 'tracker-activity-unfiltered', 'the feed tells of all tenants', 'GET /api/activity'),
  across('list', 'tracker-export-unfiltered', 'the export holds all tenants', 'GET /api/export'),
  across('list', 'tracker-counts-by-title', 'counts of all tenants are given by title', 'GET /api/stats'),
  across(
    'list',
    'tracker-undocumented-all',
    'a route that no document names gives the projects of all tenants',
    'GET /api/projects/all',
  ),
  across('update', 'tracker-update-by-id-alone', 'a project is changed by its id alone', `PATCH ${project}`),
  across(
    'update',
    'tracker-refused-and-changed',
    'changing a foreign task is answered 403, after it was done',
    `PATCH ${task}`,
  ),
  across('delete', 'tracker-delete-by-id-alone', 'a project is deleted by its id alone', `DELETE ${project}`),
  across(
    'delete',
    'tracker-absent-and-deleted',
    'deleting a foreign task is answered 404, after it was done',
    `DELETE ${task}`,
  ),
  across(
    'insert',
    'tracker-task-into-foreign-project',
    'a task is added to whatever project its path names',
    `POST ${project}/tasks`,
  ),
  across(
    'insert',
    'tracker-refused-and-inserted',
    'adding a task to a foreign project is answered 404, after it was done',
    `POST ${project}/tasks`,
  ),
  {
    id: 'tracker-activity-without-login',
    family: 'SC-AUTHN',
    title: 'the feed of both tenants is shown without a session',
    expects: { check: 'access/anonymous-access', place: { operation: 'GET /api/activity' } },
  },
  {
    id: 'tracker-anonymous-delete-refused',
    family: 'SC-AUTHN',
    title: 'a task is deleted without a session, although the answer is 401',
    expects: { check: 'access/anonymous-access', place: { operation: `DELETE ${task}` } },
  },
  {
    id: 'tracker-members-export',
    family: 'CK-ROLES',
    title: 'the export, which only admins may have, is given to members',
    expects: { check: 'roles/role-matrix', place: { operation: 'GET /api/export' } },
  },
  {
    id: 'tracker-logout-keeps-session',
    family: 'SC-SESSION',
    title: 'logging out clears the cookie and leaves the session alive',
    expects: { check: 'session/logout-invalidation', place: { relation: 'logout' } },
  },
  {
    id: 'tracker-password-keeps-sessions',
    family: 'SC-SESSION',
    title: 'a new password leaves other sessions open',
    expects: { check: 'session/password-change-invalidation', place: { relation: 'password-change' } },
  },
  {
    id: 'tracker-cookie-for-scripts',
    family: 'SC-SESSION',
    title: 'scripts can read the session cookie',
    expects: { check: 'browser/cookie-flags', place: { variant: 'HttpOnly' } },
  },
  {
    id: 'tracker-no-csrf-token-needed',
    family: 'SC-CORS-CSRF',
    title: 'the CSRF token is not compared, JSON is read from plain text, and the cookie travels everywhere',
    expects: { check: 'browser/csrf', place: { operation: 'POST /api/projects', variant: 'text-plain' } },
    alsoExpects: [
      {
        check: 'browser/csrf',
        place: { operation: `POST ${project}/tasks` },
        because: 'all creations share the middleware',
      },
      {
        check: 'browser/cookie-flags',
        place: { variant: 'SameSite' },
        because: 'without SameSite the cookie travels, and that is what makes the forgery work',
      },
    ],
  },
  {
    id: 'tracker-cors-echo',
    family: 'SC-CORS-CSRF',
    title: 'every origin may read private answers with credentials',
    expects: { check: 'browser/cors-untrusted-origin', place: { relation: 'arbitrary' } },
    alsoExpects: [
      {
        check: 'browser/cors-untrusted-origin',
        place: { relation: 'null' },
        because: 'null is echoed like any other',
      },
      {
        check: 'browser/cors-untrusted-origin',
        place: { relation: 'suffix' },
        because: 'a look-alike is echoed like any other',
      },
      {
        check: 'browser/cors-untrusted-origin',
        place: { relation: 'prefix' },
        because: 'a look-alike that ends like the real one is echoed too',
      },
      {
        check: 'browser/cors-untrusted-origin',
        place: { relation: 'subdomain' },
        because: 'and so is a name below it',
      },
    ],
  },
  {
    id: 'tracker-cors-ends-alike',
    family: 'SC-CORS-CSRF',
    title: 'origins that end like the real one may read answers: the pattern has no beginning',
    expects: { check: 'browser/cors-untrusted-origin', place: { relation: 'prefix' } },
    alsoExpects: [
      {
        check: 'browser/cors-untrusted-origin',
        place: { relation: 'subdomain' },
        because: 'what ends like the real one includes every name below it',
      },
    ],
  },
  unlimitedLogin('tracker-login-unlimited'),
  {
    id: 'tracker-stack-in-errors',
    family: 'SC-INPUT',
    title: 'a body that is no JSON is answered with the stack of the server',
    expects: { check: 'input/error-disclosure', place: {} },
  },
  {
    id: 'tracker-wrong-type-crashes',
    family: 'SC-INPUT',
    title: 'a title that is no text is answered 500',
    expects: { check: 'input/malformed-input', place: { operation: 'POST /api/projects' } },
  },
];
