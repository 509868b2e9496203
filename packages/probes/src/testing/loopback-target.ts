import type { Target } from '../target/target.ts';

/** A target at an origin with nothing else said, for tests. */
export function loopbackTarget(origin: string, more: Partial<Target> = {}): Target {
  return {
    name: 'Test',
    profile: 'b2b-community',
    origins: { app: origin },
    api: origin,
    app: origin,
    tenants: ['north', 'south'],
    actors: [],
    throwaways: {},
    roles: ['admin', 'member'],
    tenantIds: {},
    openapi: [],
    har: [],
    postman: [],
    headers: {},
    proof: null,
    permissions: null,
    permissionsLock: null,
    mail: null,
    allow: { operations: [], never: [] },
    hooks: { expireSession: null },
    waivers: [],
    attestations: [],
    limits: { requestsPerSecond: 1000, maxRequests: 1000, concurrency: 8 },
    folder: '.',
    ...more,
  };
}
