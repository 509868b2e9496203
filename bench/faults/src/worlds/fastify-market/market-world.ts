import { fileURLToPath } from 'node:url';
import { loginShapes } from '../../traps/login-shapes.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { marketApp } from './market-app.ts';
import { marketFaults } from './market-faults.ts';
import { marketJourney } from './market-journey.ts';

/** A marketplace in Fastify: a token that comes back in a header, the shop in a header, ids that count up. */
export const marketWorld: World = {
  id: 'fastify-market',
  framework: 'fastify',
  accounts: twoTenants(),
  traps: [loginShapes.tokenInHeader, loginShapes.tenantInHeader],
  faults: marketFaults,
  start: async (switches) => {
    const server = marketApp(twoTenants(), (fault) => switches.has(fault));
    const origin = await server.listen({ host: '127.0.0.1', port: 0 });
    return { origin, close: () => server.close() };
  },
  target: {
    roles: ['admin', 'member'],
    tenantIds: { north: { 'X-Shop-Id': 'north' }, south: { 'X-Shop-Id': 'south' } },
  },
  permissions: {
    'POST /shop/coupons': ['admin'],
    'DELETE /shop/coupons/{couponId}': ['admin'],
    'GET /shop/margins': ['admin'],
  },
  journey: marketJourney,
  sources: fileURLToPath(new URL('.', import.meta.url)),
};
