import { getRequestListener } from '@hono/node-server';
import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World, WorldAccount, WorldFault } from '../world.ts';
import { stepApp } from './step-app.ts';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const accounts = twoTenants().map((one): WorldAccount =>
  one.role === 'admin' ? { ...one, login: { totp: { env: 'STEP_SECRET' } } } : one,
);

const fault = (id: string, title: string): WorldFault => ({
  id,
  family: 'CK-MFA',
  title,
  expects: {
    check: 'session/admin-second-factor',
    place: { relation: 'password alone', variant: 'admin' },
  },
});

/** Tools of the people who run a product, whose administrators need a second step. */
export const secondStepWorld: World = {
  id: 'second-step',
  framework: 'hono',
  accounts,
  traps: [
    {
      id: 'ticket-named-token',
      family: 'CK-MFA',
      looksLike: 'the password alone is answered with a token',
      isSafeBecause: 'it is a ticket for the second step, and opens nothing',
      metWhen: [{ kind: 'secondFactor', mentions: '"verdict":"second-step"', and: [] }],
    },
  ],
  faults: [
    fault('step-is-for-show', 'a code is asked for, and the password has already signed in'),
    fault('step-ticket-opens', 'the ticket for the second step opens what a session opens'),
  ],
  start: async (switches) => {
    const answer = getRequestListener(stepApp(twoTenants(), secret, (one) => switches.has(one)).fetch);
    const running = await listen((request, response) => void answer(request, response));
    return { ...running, env: { STEP_SECRET: secret } };
  },
  target: { roles: ['admin', 'member'], profile: 'internal-ops' },
};
