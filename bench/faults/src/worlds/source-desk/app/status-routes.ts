import { Router } from 'express';
import type { DrawerOf } from './note-routes.ts';

export function statusRoutes(drawerOf: DrawerOf): Router {
  const router = Router();
  router.get('/summary', (request, response) => void response.json({ notes: drawerOf(request).list() }));
  return router;
}
