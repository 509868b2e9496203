import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { loungeApp } from './lounge-app.ts';

/** Notes that are pushed to whoever has opened a WebSocket with the cookie of a session. */
export const loungeWorld: World = {
  id: 'socket-lounge',
  framework: 'fastify',
  accounts: twoTenants(),
  traps: [
    {
      id: 'lounge-form-says-delete',
      family: 'SC-CORS-CSRF',
      looksLike: 'a form of a page elsewhere that says it is a DELETE is answered 200',
      isSafeBecause: 'it is answered with the note, which stays',
      metWhen: [
        {
          kind: 'csrf',
          mentions: '"style":"method-override"',
          and: ['it was answered 200', '"verdict":"refused"'],
        },
      ],
    },
    {
      id: 'lounge-socket-of-a-lax-cookie',
      family: 'SC-CORS-CSRF',
      looksLike:
        'a WebSocket is opened with the cookie of a session and any Origin, and brings what is private',
      isSafeBecause: 'browsers keep a Lax cookie from WebSockets of other sites',
      metWhen: [{ kind: 'socketOrigins', mentions: 'GET /lax', and: ['"verdict":"kept-back"'] }],
    },
    {
      id: 'lounge-socket-with-public-counts',
      family: 'SC-CORS-CSRF',
      looksLike:
        'a WebSocket is opened with any Origin, and something is sent whenever the visitor makes a note',
      isSafeBecause: 'a page of another site is told nothing but how much was pushed',
      metWhen: [{ kind: 'socketOrigins', mentions: 'GET /visits', and: ['"verdict":"silent"'] }],
    },
  ],
  faults: [
    {
      id: 'lounge-socket-for-every-page',
      family: 'SC-CORS-CSRF',
      title: 'a WebSocket looks at no Origin, and the cookie travels',
      expects: { check: 'browser/websocket-origin', place: { operation: 'GET /live' } },
      alsoExpects: [
        {
          check: 'browser/cookie-flags',
          place: { variant: 'SameSite' },
          because: 'the cookie is set so that it travels',
        },
      ],
    },
  ],
  start: async (switches) => {
    const server = await loungeApp(twoTenants(), (one) => switches.has(one));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return {
      origin: `http://127.0.0.1:${address.port}`,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  },
  target: { roles: ['admin', 'member'] },
};
