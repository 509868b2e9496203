import type { Trap } from './trap.ts';

const signedIn = { kind: 'logins', mentions: '"proven":true' } as const;
const shape = (id: string, looksLike: string, isSafeBecause: string): Trap => ({
  id,
  family: 'SC-AUTHN',
  looksLike,
  isSafeBecause,
  metWhen: [signedIn, { kind: 'crossTenant', mentions: '"verdict":"safe"' }],
});

/** Ways to sign in that are easily taken for a refusal. The worlds themselves are built this way. */
export const loginShapes = {
  csrfTokenFromApi: shape(
    'login-needs-a-csrf-token-from-an-api',
    'the login refuses the right password with 403',
    'a token that another route hands out has to come along',
  ),
  csrfCookie: {
    id: 'csrf-cookie-is-no-session',
    family: 'SC-CORS-CSRF',
    looksLike: 'two cookies are set, one of them before anybody signed in',
    isSafeBecause: 'that one holds a CSRF token and authenticates nobody',
    metWhen: [{ kind: 'cookies', mentions: '"name":"tracker_csrf"', and: ['"authenticates":false'] }],
  },
  csrfRefused: {
    id: 'changes-need-a-csrf-token',
    family: 'SC-CORS-CSRF',
    looksLike: 'changes with a good session are refused',
    isSafeBecause: 'they came without the token that pages of the application send along',
    metWhen: [{ kind: 'csrf', mentions: 'POST /api/projects', and: ['"verdict":"refused"'] }],
  },
  tokenInHeader: shape(
    'token-in-a-response-header',
    'the answer to a login holds neither token nor cookie',
    'the token stands in a header of the answer',
  ),
  tenantInHeader: {
    id: 'tenant-in-a-header',
    family: 'CK-TENANT',
    looksLike: 'a request without its header is refused with 403',
    isSafeBecause: 'the header has to name the shop of the caller',
    metWhen: [{ kind: 'crossTenant', mentions: 'GET /shop/listings/{listingId}', and: ['"verdict":"safe"'] }],
  },
  readableClaims: shape(
    'tokens-with-readable-claims',
    'a token tells the workspace and could be written anew',
    'its signature is checked, and so are who it is for and when it ends',
  ),
  tenantInPath: {
    id: 'tenant-in-the-path',
    family: 'CK-TENANT',
    looksLike: 'the path names the workspace',
    isSafeBecause: 'it is compared with that of the account',
    metWhen: [
      {
        kind: 'crossTenant',
        mentions: 'GET /t/{workspace}/documents/{documentId}',
        and: ['"verdict":"safe"'],
      },
    ],
  },
  form: shape('login-by-form', 'no route takes a name and a password as JSON', 'a page holds a form'),
} as const satisfies Readonly<Record<string, Trap>>;
