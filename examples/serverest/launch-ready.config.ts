import { defineTarget, env, login } from 'launch-ready';

/** A shop in which every customer is told from every other; its document is found inside its documentation page. */
export default defineTarget({
  name: 'ServeRest',
  profile: 'marketplace-community',
  origins: { app: process.env['SERVEREST_URL'] ?? 'http://127.0.0.1:3400' },
  tenants: {
    north: { customer: login('bo@north.example.com', env('NORTH_MEMBER')) },
    south: { customer: login('di@south.example.com', env('SOUTH_MEMBER')) },
    // Those who run the shop, and a customer to compare them with.
    shop: {
      admin: login('ada@north.example.com', env('NORTH_ADMIN')),
      customer: login('cy@south.example.com', env('SOUTH_ADMIN')),
    },
  },
  roles: ['admin', 'customer'],
  throwaways: {
    north: login('spare@north.example.com', env('NORTH_THROWAWAY')),
    south: login('spare@south.example.com', env('SOUTH_THROWAWAY')),
  },
  permissions: {
    allowed: {
      // The shop's window.
      'GET /produtos': ['everyone'],
      'GET /produtos/{_id}': ['everyone'],
      'POST /produtos': ['admin'],
      'PUT /produtos/{_id}': ['admin'],
      'DELETE /produtos/{_id}': ['admin'],
    },
  },
});
