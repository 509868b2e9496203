import type { Edit, Fault } from '../fault.ts';

const cookie = '__Host-lr';
const flags = (replace: string): Edit => ({
  file: 'src/foundation/http/session-cookie.ts',
  find: `'Path=/; HttpOnly; Secure; SameSite=Lax'`,
  replace,
});
const withoutHeader = (line: string): Edit => ({
  file: 'src/foundation/http/security-headers.ts',
  find: `  ${line}\n`,
  replace: '',
});
/** Replaces the rule by which pages of other origins may read answers. */
const allowOrigin = (condition: string): Edit => ({
  file: 'src/foundation/http/cors.ts',
  find: `    if (origin === undefined || !origins.includes(origin)) return;\n`,
  replace: `    if (origin !== undefined && ${condition}) {
      reply.header('access-control-allow-origin', origin).header('access-control-allow-credentials', 'true');
      reply.header('cross-origin-resource-policy', 'cross-origin');
    }
    if (origin === undefined || !origins.includes(origin)) return;
`,
});
/** A start page with headers of its own. */
const startPage = (headers: Readonly<Record<string, string>>): Edit => ({
  file: 'src/foundation/http/create-server.ts',
  find: `  app.get('/openapi.json',`,
  replace: `  app.get('/', { schema: { hide: true } }, async (_request, reply) => {
    reply.removeHeader('content-security-policy').removeHeader('x-frame-options');
    reply.headers(${JSON.stringify(headers)});
    return reply.type('text/html').send('<!doctype html><title>Community</title><p>Welcome.</p>');
  });
  app.get('/openapi.json',`,
});

/** Protections of browsers that are switched off. */
export const browserFaults: readonly Fault[] = [
  {
    id: 'cookie-without-http-only',
    family: 'SC-SESSION',
    title: 'scripts can read the session cookie',
    edits: [flags(`'Path=/; Secure; SameSite=Lax'`)],
    expects: { check: 'browser/cookie-flags', place: { cookie, variant: 'HttpOnly' } },
  },
  {
    id: 'cookie-without-secure',
    family: 'SC-SESSION',
    title: 'the session cookie crosses unencrypted connections',
    edits: [
      flags(`'Path=/; HttpOnly; SameSite=Lax'`),
      {
        file: 'src/foundation/http/session-cookie.ts',
        find: `sessionCookieName = '__Host-lr'`,
        replace: `sessionCookieName = 'lr'`,
      },
    ],
    expects: { check: 'browser/cookie-flags', place: { cookie: 'lr', variant: 'Secure' } },
  },
  {
    id: 'cookie-without-same-site',
    family: 'SC-SESSION',
    title: 'the session cookie says nothing about other sites',
    edits: [flags(`'Path=/; HttpOnly; Secure'`)],
    expects: { check: 'browser/cookie-flags', place: { cookie, variant: 'SameSite' } },
  },
  {
    id: 'cookie-for-other-sites',
    family: 'SC-SESSION',
    title: 'the session cookie travels with requests of other sites, although pages and API share one',
    edits: [flags(`'Path=/; HttpOnly; Secure; SameSite=None'`)],
    expects: { check: 'browser/cookie-flags', place: { cookie, variant: 'SameSite' } },
  },
  {
    id: 'cors-echoes-every-origin',
    family: 'SC-CORS-CSRF',
    title: 'whatever origin asks is allowed to read with credentials',
    edits: [allowOrigin(`origin !== 'null'`)],
    expects: { check: 'browser/cors-untrusted-origin', place: { relation: 'arbitrary' } },
    alsoExpects: [
      {
        check: 'browser/cors-untrusted-origin',
        place: { relation: 'suffix' },
        because: 'a look-alike of the real origin is one of the origins that are echoed',
      },
    ],
  },
  {
    id: 'cors-allows-null',
    family: 'SC-CORS-CSRF',
    title: 'sandboxed pages, whose origin is null, are allowed to read with credentials',
    edits: [allowOrigin(`origin === 'null'`)],
    expects: { check: 'browser/cors-untrusted-origin', place: { relation: 'null' } },
  },
  {
    id: 'cors-compares-the-beginning',
    family: 'SC-CORS-CSRF',
    title: 'an origin that begins like the real one is allowed to read with credentials',
    edits: [allowOrigin(`/^https?:\\/\\/127\\.0\\.0\\.1/.test(origin)`)],
    expects: { check: 'browser/cors-untrusted-origin', place: { relation: 'suffix' } },
  },
  {
    id: 'other-sites-write',
    family: 'SC-CORS-CSRF',
    title: 'changes from other sites are not refused, JSON is read from plain text, and the cookie travels',
    edits: [
      flags(`'Path=/; HttpOnly; Secure; SameSite=None'`),
      {
        file: 'src/foundation/http/csrf.ts',
        find: `  if (safeMethods.has(request.method)) return null;\n`,
        replace: `  if (safeMethods.has(request.method) || ownOrigin !== '') return null;\n`,
      },
      {
        file: 'src/foundation/http/create-server.ts',
        find: `    /^application\\/json\\s*(;|$)/i,\n`,
        replace: `    /^(application\\/json|text\\/plain)\\s*(;|$)/i,\n`,
      },
    ],
    expects: { check: 'browser/csrf', place: { variant: 'text-plain' } },
    alsoExpects: [
      {
        check: 'browser/cookie-flags',
        place: { cookie, variant: 'SameSite' },
        because: 'without SameSite=None browsers would keep the cookie back and nothing could be written',
      },
    ],
  },
  {
    id: 'reading-writes',
    family: 'SC-CORS-CSRF',
    title: 'a GET with values in its query makes an object, and a link brings the Lax cookie along',
    edits: [
      {
        file: 'src/community/spaces/space-routes.ts',
        find: `  params: orgParams,
  query: page,
  status: 200,
  reply: pageOf(space),
  handle: async ({ tx, person }, { query }) => {
`,
        replace: `  params: orgParams,
  query: page.loose(),
  status: 200,
  reply: pageOf(space),
  handle: async ({ tx, person, tenantId }, { query }) => {
    if (typeof query.name === 'string') {
      await tx
        .insertInto('app.spaces')
        .values({
          tenant_id: tenantId, id: newId(), name: query.name, description: query.description ?? '',
          visibility: 'open', created_by: person.userId,
        })
        .execute();
    }
`,
      },
    ],
    expects: {
      check: 'browser/csrf',
      place: { operation: 'POST /api/orgs/{org}/spaces', variant: 'get' },
    },
  },
  {
    id: 'no-nosniff',
    family: 'SC-CORS-CSRF',
    title: 'browsers may guess the type of answers',
    edits: [withoutHeader(`'x-content-type-options': 'nosniff',`)],
    expects: {
      check: 'browser/security-headers',
      place: { header: 'x-content-type-options', variant: 'api' },
    },
  },
  {
    id: 'private-answers-are-cached',
    family: 'SC-CORS-CSRF',
    title: 'caches may keep private answers',
    edits: [withoutHeader(`'cache-control': 'no-store',`)],
    expects: { check: 'browser/security-headers', place: { header: 'cache-control', variant: 'api' } },
  },
  {
    id: 'page-without-policy',
    family: 'SC-CORS-CSRF',
    title: 'the start page sends no content security policy',
    edits: [startPage({ 'x-frame-options': 'DENY' })],
    expects: {
      check: 'browser/security-headers',
      place: { header: 'content-security-policy', variant: 'page' },
    },
  },
  {
    id: 'page-may-be-framed',
    family: 'SC-CORS-CSRF',
    title: 'other sites may show the start page in a frame',
    edits: [startPage({ 'content-security-policy': "default-src 'self'" })],
    expects: { check: 'browser/security-headers', place: { header: 'x-frame-options', variant: 'page' } },
  },
];
