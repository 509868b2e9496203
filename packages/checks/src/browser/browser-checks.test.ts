import type { Gathered } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { cookieFlags } from './cookie-flags.ts';
import { corsUntrustedOrigin } from './cors-untrusted-origin.ts';
import { csrf } from './csrf.ts';
import { securityHeaders } from './security-headers.ts';

describe('cookie flags', () => {
  type Cookie = Gathered<'cookies'>['cookies'][number];
  const cookie = (part: Partial<Cookie> = {}): Cookie => ({
    name: 'sid',
    authenticates: true,
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
    path: '/',
    domain: null,
    exchange: 'x1',
    ...part,
  });
  const judge = (cookies: readonly Cookie[], part: Partial<Gathered<'cookies'>> = {}) =>
    cookieFlags.evaluate({ cookies: { id: 'e1', used: true, cookies, ...part } }, cookieFlags.options);

  test.each([
    ['pass', 'a session cookie with all flags', [cookie()]],
    [
      'pass',
      'a preference without flags beside it',
      [
        cookie(),
        cookie({ name: 'theme', authenticates: false, httpOnly: false, secure: false, sameSite: 'absent' }),
      ],
    ],
    ['fail', 'no HttpOnly', [cookie({ httpOnly: false })]],
    ['fail', 'no Secure', [cookie({ secure: false })]],
    ['fail', 'no SameSite', [cookie({ sameSite: 'absent' })]],
    ['fail', 'SameSite=None on one site', [cookie({ sameSite: 'none' })]],
    ['unknown', 'an authenticating cookie that was not seen', []],
  ] as const)('%s on %s', (status, _, cookies) => expect(judge(cookies).status).toBe(status));

  test('SameSite=None is right when pages and API are on different sites', () => {
    expect(judge([cookie({ sameSite: 'none' })], { crossSite: true }).status).toBe('pass');
  });
  test('without cookie authentication it does not apply', () => {
    expect(judge([], { used: false })).toMatchObject({ status: 'not-applicable', evidence: ['e1'] });
  });
  test('each missing flag is a finding with its own severity', () => {
    expect(judge([cookie({ httpOnly: false, sameSite: 'absent' })])).toMatchObject({
      findings: [
        { subject: { cookie: 'sid', variant: 'HttpOnly' }, severity: 'high' },
        { subject: { variant: 'SameSite' }, severity: 'medium' },
      ],
    });
  });
});

describe('CORS', () => {
  type Cors = Gathered<'cors'>;
  type Trial = Cors['trials'][number];
  const trial = (verdict: Trial['verdict'], part: Partial<Trial> = {}): Trial => ({
    operation: 'GET /me',
    originKind: 'arbitrary',
    origin: 'https://evil.test',
    preflight: false,
    allowOrigin: null,
    allowCredentials: false,
    privateData: true,
    verdict,
    because: 'seen',
    exchanges: ['x2'],
    ...part,
  });
  const judge = (trials: readonly Trial[], cookieTravels: Cors['cookieTravels'] = 'yes') =>
    corsUntrustedOrigin.evaluate({ cors: { id: 'e1', cookieTravels, trials } }, corsUntrustedOrigin.options);

  test.each([
    ['pass', 'unreadable answers', [trial('unreadable')]],
    ['pass', 'a star, which is readable without credentials only', [trial('readable', { allowOrigin: '*' })]],
    ['pass', 'public data readable by all', [trial('readable-with-credentials', { privateData: false })]],
    [
      'fail',
      'a reflected origin with credentials',
      [trial('unreadable'), trial('readable-with-credentials')],
    ],
    ['unknown', 'no answer', [trial('inconclusive')]],
    ['unknown', 'no trial', []],
  ] as const)('%s on %s', (status, _, trials) => expect(judge(trials).status).toBe(status));

  test.each([
    ['yes', 'arbitrary', 'critical'],
    ['no', 'arbitrary', 'medium'],
    ['none', 'arbitrary', 'low'],
    ['no', 'subdomain', 'medium'],
  ] as const)('when the cookie travels %s, the origin %s is %s', (travels, originKind, severity) => {
    expect(judge([trial('readable-with-credentials', { originKind })], travels)).toMatchObject({
      findings: [{ severity }],
    });
  });
});

describe('CSRF', () => {
  type Trial = Gathered<'csrf'>['trials'][number];
  const trial = (
    verdict: Trial['verdict'],
    cookieTravels: Trial['cookieTravels'] = 'yes',
    style: Trial['style'] = 'form',
  ): Trial => ({
    operation: 'POST /posts',
    actor: 'north.member',
    style,
    cookieTravels,
    verdict,
    because: 'seen',
    exchanges: ['x3'],
    reproduce: null,
  });
  const judge = (trials: readonly Trial[], cookieAuthentication = true) =>
    csrf.evaluate({ csrf: { id: 'e1', cookieAuthentication, trials } }, csrf.options);

  test.each([
    ['pass', 'refusals', [trial('refused')]],
    ['pass', 'a form that works with a Lax cookie', [trial('changed', 'only-top-level-get')]],
    ['pass', 'a GET that works with a Strict cookie', [trial('changed', 'no', 'get')]],
    ['fail', 'a form that works with a cookie that travels', [trial('changed')]],
    ['fail', 'a GET that works with a Lax cookie', [trial('changed', 'only-top-level-get', 'get')]],
    ['unknown', 'unclear trials', [trial('inconclusive')]],
    ['unknown', 'no trial', []],
  ] as const)('%s on %s', (status, _, trials) => expect(judge(trials).status).toBe(status));

  test('without cookie authentication it does not apply', () =>
    expect(judge([], false).status).toBe('not-applicable'));
});

describe('security headers', () => {
  type Answer = Gathered<'securityHeaders'>['answers'][number];
  const page: Answer = {
    url: '/',
    scheme: 'http',
    kind: 'page',
    private: false,
    status: 200,
    exchange: 'x1',
    headers: {
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
    },
  };
  const api: Answer = {
    url: '/me',
    scheme: 'http',
    kind: 'api',
    private: true,
    status: 200,
    exchange: 'x2',
    headers: { 'x-content-type-options': 'nosniff', 'cache-control': 'private, max-age=0' },
  };
  const judge = (...answers: readonly Answer[]) =>
    securityHeaders.evaluate({ securityHeaders: { id: 'e1', answers } }, securityHeaders.options);
  const missing = (...answers: readonly Answer[]): readonly (string | undefined)[] => {
    const outcome = judge(...answers);
    return outcome.status === 'fail' ? outcome.findings.map((one) => one.subject.header) : [];
  };

  test('pages and private answers with all that applies pass', () =>
    expect(judge(page, api).status).toBe('pass'));
  test('framing may be held off by either header', () => {
    const { 'content-security-policy': _, ...rest } = page.headers;
    expect(
      missing({
        ...page,
        headers: {
          ...page.headers,
          'content-security-policy': "default-src 'self'",
          'x-frame-options': 'SAMEORIGIN',
        },
      }),
    ).toEqual([]);
    expect(missing({ ...page, headers: rest })).toEqual(['x-frame-options', 'content-security-policy']);
  });
  test.each(['*', 'https:', "'self' *", 'http://*'])('frame-ancestors %s limits nobody', (sources) => {
    const headers = { ...page.headers, 'content-security-policy': `frame-ancestors ${sources}` };
    expect(missing({ ...page, headers })).toEqual(['x-frame-options']);
  });
  test('each missing header is named once', () => {
    expect(missing({ ...api, headers: {} }, { ...api, url: '/posts', headers: {} })).toEqual([
      'x-content-type-options',
      'cache-control',
    ]);
  });
  test('HSTS is asked for over HTTPS only', () => {
    expect(missing({ ...api, scheme: 'https' })).toEqual(['strict-transport-security']);
    expect(
      missing({
        ...api,
        scheme: 'https',
        headers: { ...api.headers, 'strict-transport-security': 'max-age=0' },
      }),
    ).toEqual(['strict-transport-security']);
    expect(
      missing({
        ...api,
        scheme: 'https',
        headers: { ...api.headers, 'strict-transport-security': 'max-age=31536000' },
      }),
    ).toEqual([]);
  });
  test('an answer to everybody may be kept by caches', () => {
    expect(missing({ ...api, private: false, headers: { 'x-content-type-options': 'nosniff' } })).toEqual([]);
  });
  test.each([
    ['no-cache', false, []],
    ['no-store', false, []],
    ['', false, ['cache-control']],
    ['max-age=60', false, ['cache-control']],
    ['', true, []],
    ['max-age=60', true, []],
    ['public, max-age=60', true, ['cache-control']],
  ])(
    'a private answer with cache-control "%s" (Authorization header: %s)',
    (value, authorization, lacking) => {
      const headers = { 'x-content-type-options': 'nosniff', 'cache-control': value };
      expect(missing({ ...api, authorization, headers })).toEqual(lacking);
    },
  );
  test('errors and redirects are not judged, and nothing judged is unknown', () => {
    expect(judge({ ...page, status: 404, headers: {} }).status).toBe('unknown');
    expect(judge({ ...page, status: 302, headers: {} }, api).status).toBe('pass');
  });
});
