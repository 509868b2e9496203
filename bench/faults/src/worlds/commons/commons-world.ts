import { startTrapServer } from '../../traps/trap-server.ts';
import { twoTenants } from '../two-tenants.ts';
import { across } from '../world-fault.ts';
import type { World } from '../world.ts';
import { commonsPaths, registerCommons } from './commons-routes.ts';

const accounts = twoTenants();

/** A catalogue that belongs to its shops and is there for everybody to read, to review and to like. */
export const commonsWorld: World = {
  id: 'commons',
  framework: 'fastify',
  accounts,
  traps: [
    {
      id: 'commons-reviews-by-everybody',
      family: 'CK-TENANT',
      looksLike: 'a review is added to a product of another tenant, whose owner then finds it',
      isSafeBecause: 'products are for everybody to read, and for everybody to review',
      metWhen: [
        {
          kind: 'crossTenant',
          mentions: 'POST /api/products/{productId}/reviews',
          and: ['"verdict":"inconclusive"', 'everybody may read'],
        },
      ],
    },
    {
      id: 'commons-likes-by-everybody',
      family: 'CK-TENANT',
      looksLike: 'a review of another tenant changes when a stranger likes it',
      isSafeBecause: 'whoever may read it may like it',
      metWhen: [
        {
          kind: 'crossTenant',
          mentions: 'POST /api/reviews/{reviewId}/like',
          and: ['"verdict":"inconclusive"', 'everybody may read'],
        },
      ],
    },
  ],
  faults: [
    across(
      'update',
      'commons-review-changed-by-anybody',
      'a review that everybody may read is also changed by anybody',
      'PATCH /api/reviews/{reviewId}',
    ),
  ],
  target: { roles: ['admin', 'member'] },
  start: (switches) =>
    startTrapServer({
      accounts,
      signIn: {
        by: 'bearer',
        tokenSeconds: 3600,
        afterFiveFailures: 'answer-429',
        shortestCounted: 0,
        endedSession: 'answer-401',
      },
      collections: [],
      routes: [
        {
          id: 'commons-routes',
          family: 'CK-TENANT',
          looksLike: '',
          isSafeBecause: '',
          metWhen: [],
          paths: commonsPaths,
          register: (server, whoIs) => registerCommons(server, (id) => switches.has(id), whoIs),
        },
      ],
    }),
};
