import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World } from '../world.ts';
import { createDesk } from './desk-app.ts';
import { deskFaults } from './desk-faults.ts';
import { deskJourney } from './desk-journey.ts';

/** A help desk that speaks GraphQL alone. */
export const deskWorld: World = {
  id: 'graphql-desk',
  framework: 'express',
  accounts: twoTenants(),
  traps: [],
  faults: deskFaults,
  start: (switches) => listen(createDesk(twoTenants(), (fault) => switches.has(fault)).app),
  target: { roles: ['admin', 'member'] },
  journey: deskJourney,
};

const creation = 'POST /graphql~/tickets';

/** The same desk with its sessions in cookies that travel from every site. */
export const cookieDeskWorld: World = {
  id: 'graphql-cookies',
  framework: 'express',
  accounts: twoTenants(),
  traps: [],
  faults: [
    {
      id: 'desk-any-site-may-send',
      family: 'SC-CORS-CSRF',
      title: 'mutations are taken from forms of any site, as the library does by itself',
      expects: { check: 'browser/csrf', place: { operation: creation, variant: 'form' } },
      alsoExpects: [
        {
          check: 'browser/csrf',
          place: { operation: 'POST /graphql~/comments', variant: 'form' },
          because: 'every mutation is taken in the same way',
        },
        {
          check: 'browser/cookie-flags',
          place: { cookie: 'desk', variant: 'SameSite' },
          because: 'without it browsers would keep the cookie back',
        },
      ],
    },
  ],
  start: (switches) => listen(createDesk(twoTenants(), (fault) => switches.has(fault), 'cookie').app),
  target: { roles: ['admin', 'member'] },
};
