import { expect, test } from 'vitest';
import { foreignOrigins } from './foreign-origins.ts';
import { parseSetCookie } from './set-cookie.ts';

const now = new Date('2030-01-01T00:00:00Z');

test.each([
  [
    'a=b; HttpOnly; secure; SAMESITE=strict; Path=/x; Domain=y.test',
    {
      name: 'a',
      value: 'b',
      httpOnly: true,
      secure: true,
      sameSite: 'strict',
      path: '/x',
      domain: 'y.test',
      removes: false,
    },
  ],
  ['a=b', { httpOnly: false, secure: false, sameSite: 'absent', removes: false }],
  ['a=HttpOnly; Path=/', { httpOnly: false }],
  ['a=; Max-Age=0', { removes: true }],
  ['a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT', { removes: true }],
  ['a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60', { removes: false }],
  ['a=b=c; SameSite=None', { value: 'b=c', sameSite: 'none' }],
] as const)('reads %s', (line, expected) => expect(parseSetCookie(line, now)).toMatchObject(expected));

test('a line without a name is no cookie', () => expect(parseSetCookie('=x; Path=/', now)).toBeNull());

test('look-alikes are derived from the real origin', () => {
  const list = foreignOrigins('https://app.acme.test', ['https://app.acme.test']);
  expect(Object.fromEntries(list.map((one) => [one.kind, one.origin]))).toEqual({
    arbitrary: 'https://launch-ready-stranger.test',
    null: 'null',
    prefix: 'https://launchreadystrangerapp.acme.test',
    suffix: 'https://app.acme.test.launch-ready-stranger.test',
    'unescaped-dot': 'https://appxacme.test',
    subdomain: 'https://launch-ready-stranger.app.acme.test',
    'plain-http': 'http://app.acme.test',
  });
});

test('an address has no subdomains, and listed origins are left out', () => {
  const kinds = foreignOrigins('http://127.0.0.1:8080', []).map((one) => one.kind);
  expect(kinds).toEqual(['arbitrary', 'null', 'suffix']);
  expect(foreignOrigins('https://a.test', ['http://a.test']).some((one) => one.kind === 'plain-http')).toBe(
    false,
  );
});
