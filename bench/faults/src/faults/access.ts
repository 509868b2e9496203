import type { Edit, Fault } from '../fault.ts';
import { ownerConnection } from './owner-connection.ts';

const registerRoutes = 'src/foundation/http/register-routes.ts';
const sessionCookie = 'src/foundation/http/session-cookie.ts';
const isolation = 'migrations/0004-isolation.sql';
const feed = 'GET /api/orgs/{org}/feed';

/** Lets a route answer without a session, and says what it answers then. */
const withoutLogin = (route: string, answer: string): readonly Edit[] => [
  ownerConnection,
  {
    file: registerRoutes,
    find: `  if (entered === null) throw unauthenticated();
  if (isAction(route.permission)) {`,
    replace: `  if (entered === null && ${route}) return { sessionHash: null, entered: null };
  if (entered === null) throw unauthenticated();
  if (isAction(route.permission)) {`,
  },
  {
    file: registerRoutes,
    find: `  if (sessionHash === null || entered === null) throw unauthenticated();
  const accountCall`,
    replace: `  if (entered === null && ${route}) {
    ${answer}
  }
  if (sessionHash === null || entered === null) throw unauthenticated();
  const accountCall`,
  },
];

/** Answers without a valid credential. */
export const accessFaults: readonly Fault[] = [
  {
    id: 'feed-without-login',
    family: 'SC-AUTHN',
    title: 'the feed of an organisation is shown to whoever asks without a session',
    edits: withoutLogin(
      `request.headers.cookie === undefined && route.path === '/api/orgs/:org/feed'`,
      `const found = await services.owner
      .selectFrom('app.posts as p').innerJoin('app.tenants as t', 't.tenant_id', 'p.tenant_id').selectAll('p')
      .where('t.slug', '=', orgOf(request)).orderBy('p.id', 'desc').limit(20).execute();
    return {
      items: found.map((row) => ({
        id: row.id, spaceId: row.space_id, author: { id: row.author_id, name: 'somebody' }, title: row.title,
        body: row.body, createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString(),
      })),
      next: null,
    };`,
    ),
    expects: { check: 'access/anonymous-access', place: { operation: feed } },
  },
  {
    id: 'deleting-without-login',
    family: 'SC-AUTHN',
    title: 'a comment is deleted for whoever asks without a session, although the answer is 401',
    edits: withoutLogin(
      `request.headers.cookie === undefined && route.method === 'DELETE' && route.path.endsWith('/:comment')`,
      `await services.owner.deleteFrom('app.comments').where('id', '=', request.params.comment).execute();
    throw unauthenticated();`,
    ),
    expects: {
      check: 'access/anonymous-access',
      place: { operation: 'DELETE /api/orgs/{org}/spaces/{space}/posts/{post}/comments/{comment}' },
    },
  },
  {
    id: 'expired-sessions-work',
    family: 'SC-AUTHN',
    title: 'the end of a session is stored and never looked at',
    edits: [
      {
        file: isolation,
        find: `and s.expires_at > now() and s.idle_until > now();`,
        replace: `and s.idle_until > now();`,
      },
      {
        file: isolation,
        find: `  where s.token = p_token_hash and s.expires_at > now() and s.idle_until > now()
  order by`,
        replace: `  where s.token = p_token_hash and s.idle_until > now()
  order by`,
      },
    ],
    expects: { check: 'access/expired-credential', place: {} },
  },
  {
    id: 'signature-is-not-checked',
    family: 'SC-AUTHN',
    title: 'the cookie carries a signature, and nobody compares it',
    edits: [
      {
        file: sessionCookie,
        find: 'return `${sessionCookieName}=${secret}; ${attributes}; Max-Age=${seconds}`;',
        replace:
          "return `${sessionCookieName}=${secret}.${'c2lnbmF0dXJl'.repeat(3)}; ${attributes}; Max-Age=${seconds}`;",
      },
      {
        file: sessionCookie,
        find: `    .map((part) => part.slice(sessionCookieName.length + 1));`,
        replace: `    .map((part) => part.slice(sessionCookieName.length + 1).split('.')[0]);`,
      },
    ],
    expects: { check: 'access/tampered-credential', place: {} },
  },
  {
    id: 'first-member-instead-of-caller',
    family: 'SC-AUTHZ',
    title: 'a route about oneself answers with the first member of the organisation, whoever asks',
    edits: [
      {
        file: 'src/foundation/tenancy/member-routes.ts',
        find: `export const memberRoutes: readonly Route[] = [`,
        replace: `const myself = route({
  method: 'GET',
  path: '/api/orgs/:org/me',
  permission: 'organisation.read',
  limit: 'read',
  tag,
  summary: 'My membership',
  params: orgParams,
  query: nothing,
  status: 200,
  reply: member,
  handle: async ({ tx }) => show(await active(tx).orderBy('user_id').limit(1).executeTakeFirst()),
});

export const memberRoutes: readonly Route[] = [myself, `,
      },
    ],
    expects: { check: 'access/foreign-credential', place: { operation: 'GET /api/orgs/{org}/me' } },
  },
];
