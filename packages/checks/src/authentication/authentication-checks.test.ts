import type { Gathered } from '@launch-ready/core';
import { expect, test } from 'vitest';
import { linkPage } from '../mailed-tokens/link-page.ts';
import { accountEnumeration } from './account-enumeration.ts';
import { accountTiming } from './account-timing.ts';
import { loginBypass } from './login-bypass.ts';

type Door = Gathered<'loginDoor'>;
type Resets = Gathered<'resetReplay'>;
type Invites = Gathered<'inviteReplay'>;
type Verdict = Door['oracles'][number]['verdict'];

const seen = { because: 'seen', exchanges: ['x1'], reproduce: null } as const;
const door = (part: Partial<Door>): Door => ({
  id: 'e1',
  shortcuts: [],
  oracles: [],
  times: [],
  notTested: [],
  ...part,
});
const resets = (part: Partial<Resets>): Resets => ({
  id: 'e2',
  request: 'POST /forgot',
  trials: [],
  lifetimeMinutes: null,
  lifetimeSource: null,
  strength: null,
  oracle: null,
  times: null,
  notTested: [],
  ...part,
});
const invites = (part: Partial<Invites>): Invites => ({
  id: 'e3',
  trials: [],
  lifetimeHours: null,
  lifetimeSource: null,
  strength: null,
  oracle: null,
  times: null,
  notTested: [],
  ...part,
});

test.each([
  ['pass', ['refused', 'refused', 'refused', 'refused', 'inconclusive']],
  ['fail', ['refused', 'let-in']],
  ['unknown', ['refused', 'inconclusive']],
  ['unknown', []],
] as const)('the login: %s for %j', (status, verdicts) => {
  const shortcuts = verdicts.map(
    (verdict) =>
      ({ shortcut: 'null', kind: 'wrong-type', operation: 'POST /login', verdict, ...seen }) as const,
  );
  expect(loginBypass.evaluate({ loginDoor: door({ shortcuts }) }, loginBypass.options).status).toBe(status);
});

const told = (operation: string, verdict: Verdict) => ({ operation, verdict, ...seen });

test.each([
  ['pass', 'alike', 'alike', 'alike'],
  ['pass', 'alike', null, null],
  ['fail', 'alike', 'differs', null],
  ['fail', 'differs', null, null],
  ['fail', 'alike', null, 'differs'],
  ['unknown', 'alike', 'inconclusive', null],
  ['unknown', 'alike', 'alike', 'inconclusive'],
] as const)(
  'who has an account: %s for login %s, reset %s and invite %s, by texts as by times',
  (status, login, reset, invite) => {
    const [ofLogin, ofReset, ofInvite] = [
      [told('POST /login', login)],
      reset === null ? null : told('POST /forgot', reset),
      invite === null ? null : told('POST /invites', invite),
    ] as const;
    const byText = accountEnumeration.evaluate(
      {
        loginDoor: door({ oracles: ofLogin }),
        resetReplay: resets({ oracle: ofReset }),
        inviteReplay: invites({ oracle: ofInvite }),
      },
      accountEnumeration.options,
    );
    const byTime = accountTiming.evaluate(
      {
        loginDoor: door({ times: ofLogin }),
        resetReplay: resets({ times: ofReset }),
        inviteReplay: invites({ times: ofInvite }),
      },
      accountTiming.options,
    );
    expect([byText.status, byTime.status]).toEqual([status, status]);
  },
);

test('times that nobody compared are unknown', () => {
  const evidence = { loginDoor: door({}), resetReplay: resets({}), inviteReplay: invites({}) };
  expect(accountTiming.evaluate(evidence, accountTiming.options).status).toBe('unknown');
});

test.each([
  ['pass', 'refused'],
  ['fail', 'accepted'],
  ['unknown', 'inconclusive'],
  ['unknown', null],
] as const)('the page of a mailed link: %s when its trial was %s', (status, verdict) => {
  const trials =
    verdict === null ? [] : [{ case: 'link-page', actor: 'north.throwaway', verdict, ...seen } as const];
  const evidence = { inviteReplay: invites({}), resetReplay: resets({ trials }) };
  expect(linkPage.evaluate(evidence, linkPage.options).status).toBe(status);
});
