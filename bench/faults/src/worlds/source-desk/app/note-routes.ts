import { Router, type Request, type Response } from 'express';
import * as z from 'zod';

/** The notes that a request may reach; which ones these are is decided where the desk is put together. */
export interface Drawer {
  list(): readonly object[];
  read(id: string): object | null;
  put(fields: Readonly<Record<string, unknown>>): object;
  change(id: string, fields: Readonly<Record<string, unknown>>): object | null;
  discard(id: string): boolean;
}
export type DrawerOf = (request: Request) => Drawer;

const note = z.object({ title: z.string().min(1).max(200), text: z.string().max(2000).default('') });
const noteChange = z.object({ title: z.string().min(1).max(200), text: z.string().max(2000) }).partial();

const absent = (response: Response): void => void response.status(404).json({ error: 'not found' });
const invalid = (response: Response): void =>
  void response
    .status(422)
    .json({ errors: [{ path: 'title', message: 'must be a text of 1 to 200 characters' }] });

export function noteRoutes(drawerOf: DrawerOf): Router {
  const router = Router();
  router.get('/', (request, response) => void response.json({ notes: drawerOf(request).list() }));
  router.post('/', (request, response) => {
    const given = note.safeParse(request.body);
    if (!given.success) return invalid(response);
    response.status(201).json(drawerOf(request).put(given.data));
  });
  router.get('/:note', (request, response) => {
    const found = drawerOf(request).read(request.params.note);
    if (found === null) return absent(response);
    response.json(found);
  });
  router.patch('/:note', (request, response) => {
    const given = noteChange.safeParse(request.body);
    if (!given.success) return invalid(response);
    const found = drawerOf(request).change(request.params.note, given.data);
    if (found === null) return absent(response);
    response.json(found);
  });
  router.delete('/:note', (request, response) => {
    if (!drawerOf(request).discard(request.params.note)) return absent(response);
    response.status(204).end();
  });
  return router;
}
