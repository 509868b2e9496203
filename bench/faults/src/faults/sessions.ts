import type { Fault } from '../fault.ts';

const authRoutes = 'src/foundation/identity/auth-routes.ts';
const createIdentity = 'src/foundation/identity/create-identity.ts';

/** Sessions that live on after what should end them. */
export const sessionFaults: readonly Fault[] = [
  {
    id: 'logout-only-clears-the-cookie',
    family: 'SC-SESSION',
    title: 'logging out removes the cookie in the browser and leaves the session alive',
    edits: [
      {
        file: authRoutes,
        find: `    if (sessionHash !== null) await services.identity.logout(sessionHash);\n`,
        replace: '',
      },
    ],
    expects: { check: 'session/logout-invalidation', place: { relation: 'logout', variant: 'cookie' } },
  },
  {
    id: 'logout-ends-later',
    family: 'SC-SESSION',
    title: 'logging out ends the session only half a minute later',
    edits: [
      {
        file: authRoutes,
        find: `    if (sessionHash !== null) await services.identity.logout(sessionHash);\n`,
        replace: `    if (sessionHash !== null) setTimeout(() => void services.identity.logout(sessionHash), 30_000).unref();\n`,
      },
    ],
    expects: { check: 'session/logout-invalidation', place: { relation: 'logout', variant: 'cookie' } },
  },
  {
    id: 'password-change-keeps-other-sessions',
    family: 'SC-SESSION',
    title: 'sessions that were open before a change of password stay open',
    edits: [
      {
        file: createIdentity,
        find: `        const opened = await engine.changePassword(current, next, headersFor(from, sessionHash));\n`,
        replace: `        const { rows: kept } = await pool.query(
          'select * from sessions where user_id = (select user_id from sessions where token = $1)',
          [sessionHash],
        );
        const opened = await engine.changePassword(current, next, headersFor(from, sessionHash));
        for (const one of kept) {
          await pool.query('insert into sessions (id, token, user_id, expires_at) values ($1, $2, $3, $4)', [
            one.id, one.token, one.user_id, one.expires_at,
          ]);
        }
`,
      },
    ],
    expects: {
      check: 'session/password-change-invalidation',
      place: { relation: 'password-change', variant: 'cookie' },
    },
  },
];
