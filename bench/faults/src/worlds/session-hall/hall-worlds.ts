import { getRequestListener } from '@hono/node-server';
import type { Trap } from '../../traps/trap.ts';
import { listen } from '../listen.ts';
import { twoTenants } from '../two-tenants.ts';
import type { World, WorldFault } from '../world.ts';
import { hallApp } from './hall-app.ts';
import { cookieHallFaults, keyHallFaults, tokenHallFaults } from './hall-faults.ts';
import { House } from './hall-house.ts';
import { HallProvider, type Identity } from './hall-provider.ts';
import type { HallStyle } from './hall-sign-in.ts';

const visitor: Identity = { sub: 'visitor', email: 'visitor@people.hall.test', verified: true };

/** What a browser would do at the provider. */
const walksOf = (provider: HallProvider) => ({
  own: async (to: string) => provider.signIn(to, visitor),
  unverified: async (to: string, email: string) =>
    provider.signIn(to, { sub: `claims-${email}`, email, verified: false }),
});

const hall = (
  id: string,
  style: HallStyle,
  faults: readonly WorldFault[],
  traps: readonly Trap[],
): World => ({
  id,
  framework: 'hono',
  accounts: twoTenants(),
  traps,
  faults,
  start: async (switches) => {
    const isOn = (fault: string): boolean => switches.has(fault);
    const provider =
      style.sessions === 'cookie' ? new HallProvider(!isOn('hall-sso-takes-answers-twice')) : null;
    const house = new House(twoTenants());
    const answer = getRequestListener(hallApp(house, style, isOn, provider).fetch);
    const running = await listen((request, response) => void answer(request, response));
    const hooks = { moveClock: async (seconds: number) => house.clock.move(seconds) };
    const target = provider === null ? { hooks } : { sso: walksOf(provider) };
    return { ...running, target };
  },
  target: {
    roles: ['admin', 'member'],
    tenantIds: { north: { team: 'north' }, south: { team: 'south' } },
  },
});

/** Tokens signed by a secret; an old refresh token gives its unused successor again for two seconds. */
export const tokenHall = hall(
  'token-hall',
  { sessions: 'token', signs: 'secret', reuse: 'grace', logoutTakes: 0, stranger: 'refused' },
  tokenHallFaults,
  [
    {
      id: 'same-successor-in-grace',
      family: 'CK-SESSION',
      looksLike: 'one refresh token used twice at once gives tokens twice',
      isSafeBecause: 'both get the same successor, for two seconds, so that one chain lives',
      metWhen: [{ kind: 'refreshTokens', mentions: '"case":"parallel-fork"', and: ['"verdict":"good"'] }],
    },
    {
      id: 'suspended-and-back',
      family: 'CK-SESSION',
      looksLike: 'a session from before works again after the account was reinstated',
      isSafeBecause: 'it opened nothing while the account was suspended',
      metWhen: [{ kind: 'sessionReplay', mentions: '"event":"disable"', and: ['"verdict":"ended"'] }],
    },
  ],
);

/** Tokens signed by a key pair, no grace, and an empty answer instead of a refusal. */
export const keyHall = hall(
  'key-hall',
  { sessions: 'token', signs: 'key-pair', reuse: 'ends-login', logoutTakes: 0, stranger: 'empty-answer' },
  keyHallFaults,
  [
    {
      id: 'forgery-answered-with-200',
      family: 'CK-SESSION',
      looksLike: 'a forged token is answered with 200',
      isSafeBecause: 'the answer shows no account',
      metWhen: [{ kind: 'tokenForgery', mentions: '"variant":"no signature"', and: ['answered with 200'] }],
    },
    {
      id: 'collision-ends-its-login',
      family: 'CK-SESSION',
      looksLike: 'two tabs that refresh at once are both signed out',
      isSafeBecause: 'a token used twice is taken for stolen, and other sessions live on',
      metWhen: [{ kind: 'refreshTokens', mentions: '"case":"parallel-lockout"', and: ['"verdict":"good"'] }],
    },
  ],
);

/** Session cookies; a logout takes most of a second to be known everywhere. */
export const cookieHall = hall(
  'cookie-hall',
  { sessions: 'cookie', signs: 'secret', reuse: 'grace', logoutTakes: 800, stranger: 'refused' },
  cookieHallFaults,
  [
    {
      id: 'sign-on-refused-by-redirect',
      family: 'CK-SSO',
      looksLike: 'a callback without its state is answered by a redirect to the start page, as a good one is',
      isSafeBecause: 'no session comes of it',
      metWhen: [{ kind: 'singleSignOn', mentions: '"case":"missing-state"', and: ['"verdict":"refused"'] }],
    },
    {
      id: 'sign-on-takes-an-address',
      family: 'CK-SSO',
      looksLike: 'the start of a sign-on takes an address to come back to',
      isSafeBecause: 'only a path of its own is followed, and neither `//host` nor a backslash is one',
      metWhen: [{ kind: 'singleSignOn', mentions: '"case":"return-to"', and: ['"verdict":"refused"'] }],
    },
    {
      id: 'logout-within-a-second',
      family: 'CK-SESSION',
      looksLike: 'right after logging out the session still works',
      isSafeBecause: 'less than a second later it does not: a cache that forgets',
      metWhen: [
        {
          kind: 'sessionReplay',
          mentions: '"event":"logout"',
          and: ['"verdict":"ended"', 'within five seconds'],
        },
      ],
    },
  ],
);
