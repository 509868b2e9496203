import { defineTarget, env, login } from 'launch-ready';

/** Parse Server has no API document of its own, so one is written for what the example uses of it. */
export default defineTarget({
  name: 'Parse Server',
  profile: 'b2b-community',
  origins: { app: process.env['PARSE_URL'] ?? 'http://127.0.0.1:1337' },
  headers: { 'x-parse-application-id': 'launch-ready-example' },
  tenants: {
    north: {
      admin: login('ada@north.example.com', env('NORTH_ADMIN')),
      member: login('bo@north.example.com', env('NORTH_MEMBER')),
    },
    south: {
      admin: login('cy@south.example.com', env('SOUTH_ADMIN')),
      member: login('di@south.example.com', env('SOUTH_MEMBER')),
    },
  },
  throwaways: {
    north: login('spare@north.example.com', env('NORTH_THROWAWAY')),
    south: login('spare@south.example.com', env('SOUTH_THROWAWAY')),
  },
  openapi: ['./openapi.json'],
  permissions: {
    allowed: {
      'POST /parse/classes/Invoice': ['admin'],
      'GET /parse/classes/Invoice/{objectId}': ['admin'],
      'PUT /parse/classes/Invoice/{objectId}': ['admin'],
      'DELETE /parse/classes/Invoice/{objectId}': ['admin'],
    },
  },
});
