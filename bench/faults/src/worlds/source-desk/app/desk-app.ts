import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { noteRoutes, type DrawerOf } from './note-routes.ts';
import { statusRoutes } from './status-routes.ts';

/** A desk of notes. Nobody stands guard in here: what arrives was let through by the front. */
export function deskApp(drawerOf: DrawerOf, document: object): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '64kb' }));
  app.get('/', (_request, response) => {
    response
      .set('content-security-policy', "default-src 'self'; frame-ancestors 'none'")
      .type('html')
      .send('<!doctype html><title>Desk</title><p>Sign in.</p>');
  });
  app.get('/openapi.json', (_request, response) => void response.json(document));
  app.use('/api/notes', noteRoutes(drawerOf));
  app.use('/api', statusRoutes(drawerOf));
  app.use((_request, response) => void response.status(404).json({ error: 'not found' }));
  app.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    response.status(422).json({ error: 'the request could not be handled' });
  });
  return app;
}
