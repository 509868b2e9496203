import { getRequestListener } from '@hono/node-server';
import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World, WorldAccount, WorldFault } from '../world.ts';
import { stepApp } from './step-app.ts';

/** Administrators need a code, and one account that tests may lock out. */
const secrets: ReadonlyMap<string, string> = new Map([
  ['admin@north.test', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'],
  ['admin@south.test', 'KRUGKIDROVUWG2ZAMJZG653OEBTG66BA'],
  ['throwaway@south.test', 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U'],
]);
const variable = (email: string): string => `STEP_${email.replace(/\W/g, '_').toUpperCase()}`;
const accounts = twoTenants().map((one): WorldAccount =>
  secrets.has(one.email) ? { ...one, login: { totp: { env: variable(one.email) } } } : one,
);

const alone = (id: string, title: string, more: Pick<WorldFault, 'alsoExpects'> = {}): WorldFault => ({
  id,
  family: 'CK-MFA',
  title,
  expects: {
    check: 'session/admin-second-factor',
    place: { relation: 'password alone', variant: 'admin' },
  },
  ...more,
});
const around = (id: string, variant: string, title: string): WorldFault => ({
  id,
  family: 'CK-MFA',
  title,
  expects: { check: 'session/second-step', place: { relation: 'second step', variant } },
});
const same = (because: string): Pick<WorldFault, 'alsoExpects'> => ({
  alsoExpects: [
    {
      check: 'session/second-step',
      place: { relation: 'second step', variant: 'before-code' },
      because,
    },
  ],
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
    {
      id: 'ticket-tells-whose-it-is',
      family: 'CK-MFA',
      looksLike: 'the account route answers 200 to the ticket of the second step, and 401 to nobody',
      isSafeBecause: 'it tells that a code is awaited and shows nothing of what a session gets',
      metWhen: [
        {
          kind: 'secondStep',
          mentions: '"case":"before-code"',
          and: ['"verdict":"refused"'],
        },
      ],
    },
    {
      id: 'wrong-codes-drop-the-login',
      family: 'CK-MFA',
      looksLike: 'a dropped login can begin anew at once, and takes codes again',
      isSafeBecause: 'wrong codes are counted for the account over all its logins, and then stop it',
      metWhen: [
        {
          kind: 'secondStep',
          mentions: '"case":"endless-guesses"',
          and: ['"verdict":"refused"'],
        },
      ],
    },
  ],
  faults: [
    alone('step-is-for-show', 'a code is asked for, and the password has already signed in', {
      ...same('what the password gave is a session'),
    }),
    alone('step-ticket-opens', 'the ticket for the second step opens what a session opens', {
      ...same('it is the same ticket'),
    }),
    around('step-ticket-opens-a-list', 'before-code', 'the ticket for the second step opens a list'),
    around('step-takes-no-code', 'without-code', 'an empty code signs in'),
    around('step-takes-codes-twice', 'code-twice', 'a code signs in twice'),
    around('step-takes-codes-of-others', 'foreign-code', 'the code of any account signs in'),
    around('step-counts-no-guesses', 'endless-guesses', 'wrong codes are not counted'),
    around(
      'step-counts-guesses-of-one-login',
      'endless-guesses',
      'wrong codes are counted for one login, and a new one starts from nothing',
    ),
  ],
  start: async (switches) => {
    const app = stepApp(twoTenants(), secrets, (one) => switches.has(one));
    const answer = getRequestListener(app.fetch);
    const running = await listen((request, response) => void answer(request, response));
    const env = Object.fromEntries([...secrets].map(([email, secret]) => [variable(email), secret]));
    return { ...running, env };
  },
  target: { roles: ['admin', 'member'], profile: 'internal-ops' },
};
