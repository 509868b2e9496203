import type { Gathered } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { anonymousAccess } from './anonymous-access.ts';
import { expiredCredential } from './expired-credential.ts';
import { foreignCredential } from './foreign-credential.ts';
import { tamperedCredential } from './tampered-credential.ts';

type Evidence = Gathered<'accessCoverage'>;
type Trial = Evidence['trials'][number];

const logins = (died: boolean): Gathered<'logins'> => ({
  id: 'e0',
  actors: [
    {
      actor: 'north.admin',
      tenant: 'north',
      role: 'admin',
      proven: true,
      because: 'seen',
      exchanges: [],
      heartbeats: [{ after: 'access/access-coverage', alive: !died, exchange: 'x1' }],
    },
  ],
});

describe.each([
  [anonymousAccess, 'none'],
  [expiredCredential, 'expired'],
  [tamperedCredential, 'tampered'],
  [foreignCredential, 'other-user'],
] as const)('%o', (check, kind) => {
  const trial = (
    verdict: Trial['verdict'],
    operation = 'GET /a',
    credential: Trial['credential'] = kind,
  ): Trial => ({
    operation,
    credential,
    actor: 'north.admin',
    verdict,
    because: `seen ${verdict}`,
    exchanges: ['x4'],
    reproduce: null,
  });
  const judge = (part: Partial<Evidence>, died = false) =>
    check.evaluate(
      { accessCoverage: { id: 'e1', trials: [], notTested: [], ...part }, logins: logins(died) },
      check.options,
    );
  const many = Array.from({ length: 9 }, (_, index) => trial('refused', `GET /${index}`));

  test.each([
    ['pass', 'refused operations', [trial('refused')]],
    ['pass', 'one unclear operation among nine refused', [...many, trial('inconclusive')]],
    ['pass', 'a public operation beside a refused one', [trial('refused'), trial('public', 'GET /b')]],
    ['fail', 'private data that came back', [trial('exposed')]],
    ['fail', 'a change that the owner saw, among refused ones', [...many, trial('changed')]],
    ['unknown', 'nothing but public operations', [trial('public')]],
    ['unknown', 'as many unclear as refused', [trial('refused'), trial('inconclusive', 'GET /b')]],
    ['unknown', 'no trial', []],
  ] as const)('%s on %s', (status, _, trials) => expect(judge({ trials }).status).toBe(status));

  test('refusals prove nothing when the login of the control had died', () => {
    expect(judge({ trials: [trial('refused')] }, true).status).toBe('unknown');
  });

  test('a kind of credential that could not be had is unknown with its reason', () => {
    const notTested = [{ credential: kind, because: 'no such credential could be made' }];
    expect(judge({ notTested })).toMatchObject({
      status: 'unknown',
      because: 'no such credential could be made',
    });
    expect(judge({ notTested, trials: [trial('refused')] }).status).toBe('unknown');
  });

  test('a finding names the operation and cites its exchanges', () => {
    expect(judge({ trials: [trial('exposed')] })).toMatchObject({
      findings: [{ subject: { operation: 'GET /a', variant: 'exposed' }, evidence: ['e1', 'x4'] }],
    });
  });
});

const of = (credential: Trial['credential'], operation: string, verdict: Trial['verdict']): Trial => ({
  operation,
  credential,
  actor: 'north.admin',
  verdict,
  because: 'seen',
  exchanges: [],
  reproduce: null,
});

test('what nobody needs a credential for is no second finding of a tampered one', () => {
  const trials = [
    of('none', 'GET /a', 'exposed'),
    of('tampered', 'GET /a', 'exposed'),
    of('tampered', 'GET /b', 'refused'),
  ];
  const evidence = { accessCoverage: { id: 'e1', trials, notTested: [] }, logins: logins(false) } as const;
  expect(tamperedCredential.evaluate(evidence, tamperedCredential.options).status).toBe('pass');
  expect(anonymousAccess.evaluate(evidence, anonymousAccess.options).status).toBe('fail');
});

test('a credential that nobody looks at is one finding, and what one operation takes is one of that operation', () => {
  const judge = (...trials: readonly Trial[]) =>
    tamperedCredential.evaluate(
      { accessCoverage: { id: 'e1', trials, notTested: [] }, logins: logins(false) },
      tamperedCredential.options,
    );
  const open = [of('tampered', 'GET /a', 'exposed'), of('tampered', 'PUT /b', 'changed')];
  expect(judge(...open)).toMatchObject({
    status: 'fail',
    findings: [{ subject: { relation: 'with a tampered credential', variant: 'everywhere' } }],
  });
  expect(judge(...open, of('tampered', 'GET /c', 'refused'))).toMatchObject({
    findings: [{ subject: { operation: 'GET /a' } }, { subject: { operation: 'PUT /b' } }],
  });
});
