import type { Gathered } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { adminSecondFactor } from './admin-second-factor.ts';
import { newSessionAtLogin } from './new-session-at-login.ts';
import { refreshRotation } from './refresh-rotation.ts';
import { singleSignOn } from './single-sign-on.ts';
import { tokenExpiry } from './token-expiry.ts';
import { tokenForgery } from './token-forgery.ts';
import { tokenLifetime } from './token-lifetime.ts';
import { tokenPurpose } from './token-purpose.ts';

const shown = { because: 'seen', exchanges: ['x1'], reproduce: null } as const;
const actor = 'north.throwaway';

describe('refresh tokens', () => {
  const judge = (part: Partial<Gathered<'refreshTokens'>>) =>
    refreshRotation.evaluate(
      { refreshTokens: { id: 'e1', offered: true, because: 'found', trials: [], ...part } },
      {},
    ).status;
  const trial = (verdict: 'good' | 'bad' | 'inconclusive') =>
    ({ case: 'fork', actor, verdict, ...shown }) as const;
  test.each([
    ['pass', { trials: [trial('good')] }],
    ['fail', { trials: [trial('good'), trial('bad')] }],
    ['unknown', { trials: [trial('good'), trial('inconclusive')] }],
    ['unknown', { trials: [] }],
    ['not-applicable', { offered: false }],
  ] as const)('%s', (status, part) => expect(judge(part)).toBe(status));
});

describe('forged tokens', () => {
  const outcome = (part: Partial<Gathered<'tokenForgery'>>) =>
    tokenForgery.evaluate(
      {
        tokenForgery: { id: 'e1', selfContained: true, because: 'HS256', trials: [], notTried: [], ...part },
      },
      {},
    );
  const judge = (part: Partial<Gathered<'tokenForgery'>>) => outcome(part).status;
  const trial = (verdict: 'refused' | 'accepted' | 'inconclusive') =>
    ({ variant: 'no signature', actor, verdict, ...shown }) as const;
  test.each([
    ['pass', { trials: [trial('refused')] }],
    ['fail', { trials: [trial('refused'), trial('accepted')] }],
    ['unknown', { trials: [trial('inconclusive')] }],
    ['unknown', { trials: [] }],
    ['not-applicable', { selfContained: false }],
  ] as const)('%s', (status, part) => expect(judge(part)).toBe(status));

  const accepted = (...variants: readonly string[]) => {
    const judged = outcome({
      trials: variants.map((variant, index) => ({
        ...trial('accepted'),
        variant,
        exchanges: [`x${index + 1}`],
        reproduce: { curl: `send ${variant}`, script: '' },
      })),
    });
    return judged.status === 'fail' ? judged.findings : [];
  };
  test('all that is taken since no signature is checked is one finding with all its evidence', () => {
    const findings = accepted('no signature', 'empty signature', 'changed claims', 'common secret');
    expect(findings.map(({ subject }) => subject.variant)).toEqual(['changed claims', 'common secret']);
    expect(findings[0]).toMatchObject({
      message: expect.stringContaining('no signature, empty signature, changed claims'),
      evidence: ['e1', 'x1', 'x2', 'x3'],
      reproduce: { curl: 'send changed claims' },
    });
  });
  test('forgeries are told apart where changed claims are noticed', () =>
    expect(accepted('no signature', 'key in the token')).toHaveLength(2));
});

describe('life, purpose and start of tokens', () => {
  const evidence = (part: Partial<Gathered<'tokenLife'>>): { readonly tokenLife: Gathered<'tokenLife'> } => ({
    tokenLife: { id: 'e1', lives: [], purposes: [], fixation: null, notTested: [], ...part },
  });
  const life = (
    part: Partial<Gathered<'tokenLife'>['lives'][number]>,
  ): Gathered<'tokenLife'>['lives'][number] => ({
    actor,
    token: 'access',
    seconds: 900,
    source: 'its exp claim',
    selfContained: true,
    endless: false,
    revocable: false,
    exchanges: ['x1'],
    ...part,
  });
  test.each([
    ['pass', 'fifteen minutes', [life({})]],
    ['fail', 'a day that nobody can end', [life({ seconds: 86_400 })]],
    ['fail', 'a day of which it is not known', [life({ seconds: 86_400, revocable: null })]],
    ['pass', 'a day that ends with the logout', [life({ seconds: 86_400, revocable: true })]],
    ['fail', 'no end at all', [life({ seconds: null, endless: true, revocable: true })]],
    [
      'pass',
      'a session cookie of a month',
      [life({ token: 'session-cookie', seconds: 2_592_000, revocable: true })],
    ],
    ['unknown', 'an opaque token that says nothing', [life({ seconds: null, selfContained: false })]],
    ['unknown', 'nothing', []],
  ] as const)('%s on %s', (status, _, lives) =>
    expect(tokenLifetime.evaluate(evidence({ lives }), tokenLifetime.options).status).toBe(status),
  );
  const trial = (verdict: 'refused' | 'accepted' | 'inconclusive') => ({ actor, verdict, ...shown }) as const;
  test.each([
    ['pass', 'refused'],
    ['fail', 'accepted'],
    ['unknown', 'inconclusive'],
  ] as const)('%s when a token or an old session id is %s', (status, verdict) => {
    const purposes = [{ ...trial(verdict), token: 'refresh', usedAs: 'access' }];
    expect(tokenPurpose.evaluate(evidence({ purposes }), {}).status).toBe(status);
    expect(newSessionAtLogin.evaluate(evidence({ fixation: trial(verdict) }), {}).status).toBe(status);
  });
  test('what an application does not have is not applicable, what could not be tried is unknown', () => {
    for (const absent of [true, false]) {
      const notTested = (['lives', 'purposes', 'fixation'] as const).map((what) => ({
        what,
        because: 'none',
        absent,
      }));
      const status = absent ? 'not-applicable' : 'unknown';
      expect(tokenPurpose.evaluate(evidence({ notTested }), {}).status).toBe(status);
      expect(newSessionAtLogin.evaluate(evidence({ notTested }), {}).status).toBe(status);
      expect(tokenLifetime.evaluate(evidence({ notTested }), tokenLifetime.options).status).toBe(status);
    }
  });
});

describe('administrators', () => {
  const judge = (verdicts: readonly ('password-alone' | 'second-step' | 'inconclusive')[], demanded = true) =>
    adminSecondFactor.evaluate(
      {
        secondFactor: {
          id: 'e1',
          because: 'who administers',
          trials: verdicts.map((verdict) => ({ actor: 'north.admin', role: 'admin', verdict, ...shown })),
        },
      },
      { demanded },
    ).status;
  test.each([
    ['pass', ['second-step']],
    ['fail', ['second-step', 'password-alone']],
    ['unknown', ['inconclusive']],
    ['unknown', []],
  ] as const)('%s on %j', (status, verdicts) => expect(judge(verdicts)).toBe(status));
  test('a checklist that does not ask for it is not judged by it', () =>
    expect(judge(['password-alone'], false)).toBe('not-applicable'));
});

describe('single sign-on', () => {
  const judge = (part: Partial<Gathered<'singleSignOn'>>) =>
    singleSignOn.evaluate(
      { singleSignOn: { id: 'e1', offered: true, because: 'found', trials: [], notTested: [], ...part } },
      {},
    ).status;
  const trial = (verdict: 'refused' | 'accepted' | 'inconclusive') =>
    ({ case: 'missing-state', start: '/sso', verdict, ...shown }) as const;
  test.each([
    ['pass', { trials: [trial('refused')] }],
    ['fail', { trials: [trial('accepted')] }],
    ['unknown', { trials: [trial('inconclusive')] }],
    [
      'unknown',
      { trials: [trial('refused')], notTested: [{ case: 'unverified-email', because: 'no account' }] },
    ],
    ['not-applicable', { offered: false }],
  ] as const)('%s', (status, part) => expect(judge(part)).toBe(status));
});

describe('kept tokens', () => {
  const judge = (verdicts: readonly ('dead' | 'alive' | 'pending' | 'inconclusive')[]) =>
    tokenExpiry.evaluate(
      {
        tokenVault: {
          id: 'e1',
          enabled: true,
          because: '2 tokens were put away',
          kept: 2,
          trials: verdicts.map((verdict) => ({
            purpose: 'access',
            keptAt: '2026-01-01T00:00:00Z',
            dueAt: '2026-01-02T00:00:00Z',
            verdict,
            because: 'seen',
            exchanges: [],
          })),
        },
      },
      {},
    );
  test.each([
    ['pass', ['dead', 'pending']],
    ['fail', ['dead', 'alive']],
    ['unknown', ['inconclusive']],
    ['unknown', []],
  ] as const)('%s on %j', (status, verdicts) => expect(judge(verdicts).status).toBe(status));
  test('does not apply where no token says when it ends', () =>
    expect(
      tokenExpiry.evaluate(
        { tokenVault: { id: 'e1', enabled: false, because: 'none', stated: false, kept: 0, trials: [] } },
        {},
      ).status,
    ).toBe('not-applicable'));
  test('says until when nothing can be said', () =>
    expect(judge(['pending'])).toMatchObject({
      status: 'unknown',
      because: expect.stringContaining('pending until 2026-01-02'),
    }));
});
