import express from 'express';
import { useServer } from 'graphql-ws/use/ws';
import * as z from 'zod';
import { WebSocketServer } from 'ws';
import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { createDesk } from './desk-app.ts';

const greeting = z.object({ Authorization: z.string() });

/** The desk with its subscription over a WebSocket alone, which takes its credential from the first frame. */
export const newsWorld: World = {
  id: 'graphql-news',
  framework: 'express',
  accounts: twoTenants(),
  traps: [
    {
      id: 'news-opens-for-anybody',
      family: 'CK-TENANT',
      looksLike: 'a WebSocket for subscriptions is opened without any credential',
      isSafeBecause: 'the first frame must carry one, and nothing is sent before',
      metWhen: [
        { kind: 'liveChannels', mentions: 'anonymous', and: ['"kind":"websocket"', '"verdict":"safe"'] },
      ],
    },
  ],
  faults: [
    {
      id: 'news-of-all',
      family: 'CK-TENANT',
      title: 'a subscription over a WebSocket tells every tenant of new tickets',
      expects: {
        check: 'tenancy/live-channels',
        place: { operation: 'GET /graphql~/ticketAdded', relation: 'foreign admin' },
      },
    },
  ],
  start: (switches) => {
    const { app, schema } = createDesk(
      twoTenants(),
      (fault) => fault === 'desk-news-of-all' && switches.has('news-of-all'),
    );
    const front = express();
    front.disable('x-powered-by');
    front.use((request, response, next) => {
      if (!/event-stream/.test(request.headers.accept ?? '')) return next();
      response.status(406).set('x-content-type-options', 'nosniff').end();
    });
    front.use(app);
    return listen(front, (server) => {
      const sockets = new WebSocketServer({ server, path: '/graphql' });
      useServer(
        {
          schema,
          onConnect: ({ connectionParams }) => greeting.safeParse(connectionParams).success,
          context: ({ connectionParams }) => {
            const given = greeting.safeParse(connectionParams);
            return { request: { headers: { get: () => (given.success ? given.data.Authorization : null) } } };
          },
        },
        sockets,
      );
    });
  },
  target: { roles: ['admin', 'member'] },
};
