import { defineTarget, env, login } from 'launch-ready';

const url = process.env['DIRECTUS_URL'] ?? 'http://127.0.0.1:8055';

/** One application with its API; the addresses and passwords are in the file that `start` names. */
export default defineTarget({
  name: 'Directus',
  profile: 'b2b-community',
  origins: { app: url },
  tenants: {
    north: {
      editor: login('ada@north.example.com', env('NORTH_EDITOR')),
      member: login('bo@north.example.com', env('NORTH_MEMBER')),
    },
    south: {
      editor: login('cy@south.example.com', env('SOUTH_EDITOR')),
      member: login('di@south.example.com', env('SOUTH_MEMBER')),
    },
  },
  throwaways: {
    north: login('spare@north.example.com', env('NORTH_THROWAWAY')),
    south: login('spare@south.example.com', env('SOUTH_THROWAWAY')),
  },
  // It lists only what the asking account may do, so every account's own copy counts.
  openapi: ['/server/specs/oas'],
  proof: '/users/me',
  allow: {
    // Bulk work on what is not named one by one: an export mails and stores a file, an import makes entries nobody planted.
    never: ['import', 'export', 'sort', 'clear-cache'],
  },
});
