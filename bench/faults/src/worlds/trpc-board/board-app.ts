import { createExpressMiddleware } from '@trpc/server/adapters/express';
import express, { type Express } from 'express';
import type { Account } from '../../traps/store.ts';
import { LoginGuard } from '../login-guard.ts';
import { SessionTable } from '../session-table.ts';
import type { IsOn } from '../world.ts';
import { boardRouter } from './board-router.ts';
import { BoardStore } from './board-store.ts';

/** Serves the board below `/trpc`, for bearer tokens. */
export function boardApp(accounts: readonly Account[], isOn: IsOn): Express {
  const sessions = new SessionTable();
  const router = boardRouter({
    accounts,
    sessions,
    guard: new LoginGuard(),
    store: new BoardStore(),
    isOn,
  });
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    next();
  });
  app.get('/', (_request, response) => {
    response
      .set('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
      .type('html')
      .send('<!doctype html><title>Board</title><p>Sign in.</p>');
  });
  app.use(
    '/trpc',
    createExpressMiddleware({
      router,
      createContext: ({ req }) => {
        const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
        return { account: sessions.whoIs(token), token, address: req.ip ?? '' };
      },
    }),
  );
  app.use((_request, response) => void response.status(404).json({ error: 'not found' }));
  return app;
}
