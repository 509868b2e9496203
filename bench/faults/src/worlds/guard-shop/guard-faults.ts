import type { WorldFault } from '../world.ts';

const injected = (id: string, title: string, operation: string): WorldFault => ({
  id,
  family: 'SC-INPUT',
  title,
  expects: { check: 'input/injection', place: { operation } },
});
const stored = (id: string, title: string): WorldFault => ({
  id,
  family: 'CK-INPUT',
  title,
  expects: { check: 'input/persisted-invalid-input', place: { operation: 'POST /items' } },
});
const evaded = (id: string, title: string): WorldFault => ({
  id,
  family: 'SC-RATE',
  title,
  expects: { check: 'limits/forged-client-address', place: { operation: 'POST /auth/login' } },
});

/** Ways to break the shop. */
export const guardFaults: readonly WorldFault[] = [
  evaded('guard-first-claimed-address', 'the first entry of X-Forwarded-For is what the login limit counts'),
  {
    ...evaded('guard-name-as-written', 'the login limit counts the account as it is spelled'),
    alsoExpects: [
      {
        check: 'limits/login-rate-limit',
        place: { operation: 'POST /auth/login', variant: 'many-accounts' },
        because: 'another name each time is counted apart, like another spelling',
      },
    ],
  },
  {
    id: 'guard-limit-ends-soon',
    family: 'SC-RATE',
    title: 'the login limit says that it ends "soon"',
    expects: { check: 'limits/retry-after', place: { operation: 'POST /auth/login' } },
  },
  injected('guard-sql-in-search', 'a search puts its question into the SQL', 'GET /search'),
  injected('guard-sql-in-path', 'the id of an item is put into the SQL', 'GET /items/{item}'),
  injected(
    'guard-operator-in-query',
    'a query operator in the name of a parameter is carried out',
    'GET /search',
  ),
  injected(
    'guard-unequal-in-query',
    'an operator for "not equal" in the name of a parameter is carried out',
    'GET /search',
  ),
  injected('guard-search-page-repeats', 'the page of a search repeats the question unescaped', 'GET /search'),
  injected('guard-texts-are-templates', 'texts of users are carried out as templates', 'POST /items'),
  injected('guard-page-unescaped', 'the page of an item shows its text unescaped', 'POST /items'),
  injected('guard-any-file', 'the name of a help file leads out of its folder', 'GET /help'),
  stored('guard-price-below-zero', 'a price below the declared least one is stored'),
  stored('guard-any-status', 'a status that is not listed is stored'),
  stored('guard-null-description', 'null is stored in the second required field'),
  {
    id: 'guard-method-in-form',
    family: 'SC-CORS-CSRF',
    title: 'a form says by _method that it is a DELETE, and the cookie travels',
    expects: {
      check: 'browser/csrf',
      place: { operation: 'DELETE /items/{item}', variant: 'method-override' },
    },
    alsoExpects: [
      {
        check: 'browser/csrf',
        place: { operation: 'POST /items', variant: 'form' },
        because: 'forms are taken, and the cookie that is set so that it travels comes with them',
      },
      {
        check: 'browser/cookie-flags',
        place: { variant: 'SameSite' },
        because: 'the cookie is set so that it travels',
      },
    ],
  },
  {
    id: 'guard-forms-from-elsewhere',
    family: 'SC-CORS-CSRF',
    title: 'forms are taken from any site, and the cookie travels there',
    expects: { check: 'browser/csrf', place: { operation: 'POST /items', variant: 'form' } },
    alsoExpects: [
      {
        check: 'browser/cookie-flags',
        place: { variant: 'SameSite' },
        because: 'the cookie is set so that it travels',
      },
    ],
  },
];
