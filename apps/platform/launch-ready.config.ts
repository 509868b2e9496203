import { defineTarget, env, login } from 'launch-ready';
import { expireInvite, expireReset, expireSession } from './src/index.ts';

// `launch-ready demo` sets all of these; for a platform of your own, set them to where it runs.
const origin = process.env['PLATFORM_ORIGIN'] ?? 'http://127.0.0.1:8080';
const mailFolder = process.env['PLATFORM_MAIL_FOLDER'];
const databaseUrl = process.env['PLATFORM_DATABASE_URL'];

/** The platform as a target: two organisations with every role that the demo content has. */
export default defineTarget({
  name: 'Launch Ready Platform',
  profile: 'b2b-community',
  origins: { app: origin },
  tenants: {
    north: {
      owner: login('owner@north.test', env('NORTH_OWNER')),
      admin: login('admin@north.test', env('NORTH_ADMIN')),
      member: login('member@north.test', env('NORTH_MEMBER')),
      restricted: login('restricted@north.test', env('NORTH_RESTRICTED')),
    },
    south: {
      owner: login('owner@south.test', env('SOUTH_OWNER')),
      admin: login('admin@south.test', env('SOUTH_ADMIN')),
      member: login('member@south.test', env('SOUTH_MEMBER')),
      restricted: login('restricted@south.test', env('SOUTH_RESTRICTED')),
    },
  },
  throwaways: {
    north: login('throwaway@north.test', env('NORTH_THROWAWAY')),
    south: login('throwaway@south.test', env('SOUTH_THROWAWAY')),
  },
  roles: ['owner', 'admin', 'member', 'restricted'],
  tenantIds: { north: { org: 'north' }, south: { org: 'south' } },
  permissions: './permissions.json',
  source: './src',
  ...(mailFolder === undefined ? {} : { mail: { folder: mailFolder, domain: 'visitors.test' } }),
  ...(databaseUrl === undefined
    ? {}
    : {
        hooks: {
          expireSession: async ({ headers }) => {
            const cookie = headers.find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? '';
            if (!(await expireSession(cookie, databaseUrl))) throw new Error('there is no such session');
          },
          expireReset: async ({ token }) => {
            if (!(await expireReset(token, databaseUrl))) throw new Error('there is no such reset');
          },
          expireInvite: async ({ token }) => {
            if (!(await expireInvite(token, databaseUrl))) throw new Error('there is no such invite');
          },
        },
      }),
});
