import { afterEach, describe, expect, test } from 'vitest';
import type { CommunityTraits } from '../testing/community-server.ts';
import { reviewCommunity, type CommunityRun } from '../testing/community-context.ts';
import { cookies } from './cookies.ts';
import { cors } from './cors.ts';
import { csrf } from './csrf.ts';
import { securityHeaders } from './security-headers.ts';

let run: CommunityRun | null = null;
afterEach(async () => {
  await run?.stop();
  run = null;
});
const start = async (traits: CommunityTraits): Promise<CommunityRun> => (run = await reviewCommunity(traits));

const readable = async (traits: CommunityTraits): Promise<readonly string[]> => {
  const review = await start(traits);
  await review.run(cookies);
  const data = await review.gather(cors);
  expect(data.trials.length).toBeGreaterThan(5);
  return [
    ...new Set(
      data.trials
        .filter((trial) => trial.verdict === 'readable-with-credentials')
        .map((trial) => trial.originKind),
    ),
  ];
};

const changed = async (traits: CommunityTraits): Promise<readonly string[]> => {
  const review = await start(traits);
  await review.run(cookies);
  const data = await review.gather(csrf);
  const posts = data.trials.filter((trial) => trial.operation === 'POST /orgs/{org}/posts');
  expect(posts).toHaveLength(data.cookieAuthentication ? 4 : 0);
  expect(posts.filter((trial) => trial.verdict === 'inconclusive')).toEqual([]);
  return posts
    .filter((trial) => trial.verdict === 'changed')
    .map((trial) => `${trial.style} ${trial.cookieTravels}`);
};

const allow = (origin: string): Record<string, string> => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
});

describe('cookies', () => {
  test('the session cookie authenticates and carries its flags; a preference beside it does not authenticate', async () => {
    const data = await (await start({})).gather(cookies);
    expect(data.used).toBe(true);
    expect(data.cookies.find((cookie) => cookie.name === 'sid')).toMatchObject({
      authenticates: true,
      httpOnly: true,
      secure: true,
      sameSite: 'lax',
      path: '/',
    });
    expect(data.cookies.find((cookie) => cookie.name === 'theme')).toMatchObject({
      authenticates: false,
      httpOnly: false,
    });
  });

  test('missing flags are seen', async () => {
    const data = await (await start({ cookieFlags: 'path=/; samesite=bogus' })).gather(cookies);
    expect(data.cookies.find((cookie) => cookie.name === 'sid')).toMatchObject({
      authenticates: true,
      httpOnly: false,
      secure: false,
      sameSite: 'absent',
    });
  });

  test('with bearer tokens no cookie is in use', async () => {
    expect(await (await start({ auth: 'bearer' })).gather(cookies)).toMatchObject({
      used: false,
      cookies: [],
    });
  });
});

describe('cors', () => {
  test('no CORS at all is unreadable', async () => expect(await readable({})).toEqual([]));
  test('a reflected origin is found for every origin', async () =>
    expect(await readable({ cors: allow })).toEqual(['arbitrary', 'null', 'suffix']));
  test('a page in a real browser reads what the headers allow, where the cookie travels', async () => {
    const inBrowser = async (cookieFlags: string) => {
      const review = await start({ cors: allow, cookieFlags });
      await review.run(cookies);
      const { trials } = await review.gather(cors);
      await run?.stop();
      return [
        ...new Set(
          trials
            .filter((one) => one.operation === trials[0]?.operation)
            .map((one) => `${one.originKind} ${one.browser}`),
        ),
      ];
    };
    expect(await inBrowser('SameSite=None; Secure; Path=/')).toEqual([
      'arbitrary read',
      'null read',
      'suffix read',
    ]);
    expect(await inBrowser('SameSite=Lax; Path=/')).toEqual([
      'arbitrary kept-back',
      'null kept-back',
      'suffix kept-back',
    ]);
  }, 90_000);
  test('null alone is found', async () =>
    expect(await readable({ cors: (origin) => (origin === 'null' ? allow('null') : {}) })).toEqual(['null']));
  test('a pattern without an end anchor is found', async () =>
    expect(
      await readable({ cors: (origin) => (origin.startsWith('http://127.0.0.1') ? allow(origin) : {}) }),
    ).toEqual(['suffix']));
  test('an answer that is refused to foreign origins shows nothing, whatever its headers allow', async () =>
    expect(await readable({ cors: allow, refusesOrigins: true })).toEqual([]));
  test('a star on answers that need a credential is no reading with credentials, even with the other header', async () => {
    expect(await readable({ cors: () => allow('*') })).toEqual([]);
  });
  test('a fixed foreign origin is not ours to read', async () =>
    expect(await readable({ cors: () => allow('https://partner.test') })).toEqual([]));
});

describe('csrf', () => {
  test('an API that takes JSON only and looks at Sec-Fetch-Site refuses all', async () =>
    expect(await changed({})).toEqual([]));
  test('an API that takes JSON only needs no other protection', async () =>
    expect(await changed({ checksOrigin: false })).toEqual([]));
  test('forms with a cookie that travels are found by what the owner then sees', async () => {
    const traits = {
      checksOrigin: false,
      acceptsForms: true,
      noValidation: true,
      cookieFlags: 'Path=/; HttpOnly',
    };
    expect(await changed(traits)).toEqual(['form yes']);
  });
  test('forms with a Lax cookie are noted as not travelling', async () => {
    expect(await changed({ checksOrigin: false, acceptsForms: true, noValidation: true })).toEqual([
      'form only-top-level-get',
    ]);
  });
  test('JSON as plain text is found', async () => {
    expect(
      await changed({
        checksOrigin: false,
        acceptsTextPlain: true,
        cookieFlags: 'SameSite=None; Secure; Path=/',
      }),
    ).toEqual(['text-plain yes']);
  });
  test('a write by GET is found', async () =>
    expect(await changed({ writesByGet: true })).toEqual(['get only-top-level-get']));
  test('bearer tokens are not applicable', async () =>
    expect(await changed({ auth: 'bearer', checksOrigin: false })).toEqual([]));
});

test('security headers of the page and of private answers are recorded', async () => {
  const data = await (await start({ headers: { 'x-frame-options': 'DENY' } })).gather(securityHeaders);
  expect(data.answers[0]).toMatchObject({ url: '/', kind: 'page', private: false, status: 200 });
  expect(data.answers[0]?.headers['x-frame-options']).toBe('DENY');
  const api = data.answers.filter((answer) => answer.kind === 'api');
  expect(api.length).toBeGreaterThan(0);
  expect(api.every((answer) => answer.private && answer.headers['cache-control'] === 'no-store')).toBe(true);
});
