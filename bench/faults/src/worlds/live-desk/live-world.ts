import { twoTenants } from '../two-tenants.ts';
import type { World, WorldFault } from '../world.ts';
import { liveApp } from './live-app.ts';

const fault = (id: string, title: string, channel: string, relation: string): WorldFault => ({
  id,
  family: 'CK-TENANT',
  title,
  expects: { check: 'tenancy/live-channels', place: { operation: `GET ${channel}`, relation } },
});

/** Notes that are pushed to whoever listens. */
export const liveWorld: World = {
  id: 'live-desk',
  framework: 'fastify',
  accounts: twoTenants(),
  traps: [
    {
      id: 'live-count-for-everybody',
      family: 'CK-TENANT',
      looksLike: 'a WebSocket sends something to everybody whenever a tenant makes a note',
      isSafeBecause: 'it is only how many notes there are',
      metWhen: [{ kind: 'liveChannels', mentions: 'GET /live', and: ['"verdict":"safe"', 'it was open'] }],
    },
    {
      id: 'live-room-opens-and-stays-silent',
      family: 'CK-TENANT',
      looksLike: 'a WebSocket is opened for a stranger who asks for the room of another tenant',
      isSafeBecause: 'the room is refused in a frame, and nothing of it is sent',
      metWhen: [{ kind: 'liveChannels', mentions: 'GET /rooms', and: ['"verdict":"safe"', 'for-the-owner'] }],
    },
  ],
  faults: [
    fault('live-socket-tells-all', 'a WebSocket sends new notes to every tenant', '/live', 'foreign admin'),
    fault(
      'live-room-of-anybody',
      'the room of a tenant is joined by whoever knows its name',
      '/rooms',
      'foreign admin',
    ),
    fault(
      'live-stream-tells-all',
      'a stream of events sends new notes to every tenant',
      '/api/changes',
      'foreign admin',
    ),
    fault(
      'live-stream-without-login',
      'a stream of events is sent to nobody in particular',
      '/api/changes',
      'anonymous',
    ),
  ],
  start: async (switches) => {
    const server = await liveApp(twoTenants(), (one) => switches.has(one));
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
  target: {
    roles: ['admin', 'member'],
    live: [{ url: '/rooms', hello: ['{"join":"notes-of-{tenant}"}'] }],
  },
};
