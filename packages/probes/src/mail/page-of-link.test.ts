import { expect, test } from 'vitest';
import type { Answer } from '../transport/transport.ts';
import { pageOfLink } from './page-of-link.ts';

const token = 'k3yk3yk3yk3yk3yk3yk3y';
const link = `https://app.test/reset?token=${token}`;

const page = (html: string, headers: Readonly<Record<string, string>> = {}, status = 200): Answer => {
  const all = Object.entries({ 'content-type': 'text/html; charset=utf-8', ...headers });
  return {
    kind: 'answer',
    exchange: 'x1',
    status,
    headers: all,
    header: (name) => all.find(([one]) => one === name)?.[1] ?? null,
    headerValues: (name) => all.filter(([one]) => one === name).map(([, value]) => value),
    bytes: Buffer.from(html),
    text: html,
    json: () => undefined,
    totalMs: 1,
  };
};
const script = '<script src="https://stats.test/a.js"></script>';

test.each([
  ['a policy in the header tells all', page(script, { 'referrer-policy': 'unsafe-url' })],
  [
    'its security policy lets the other site in',
    page(script, {
      'referrer-policy': 'unsafe-url',
      'content-security-policy': "default-src 'self'; script-src 'self' https://stats.test",
    }),
  ],
  ['a policy in a meta tag tells all', page(`<meta name="referrer" content="unsafe-url">${script}`)],
  [
    'a policy of the tag tells all',
    page('<img src="//stats.test/p.gif" referrerpolicy="no-referrer-when-downgrade">'),
  ],
  ['the token stands in a foreign address', page(`<img src="https://stats.test/p?u=${token}">`)],
  ['it leads on with the token', page('', { location: `https://other.test/?t=${token}` }, 302)],
])('a page gives its token away when %s', (_, answer) =>
  expect(pageOfLink(link, token, answer).verdict).toBe('accepted'),
);

test.each([
  ['it states no policy, which browsers take as the origin alone', page(script)],
  ['a later policy is stricter', page(script, { 'referrer-policy': 'unsafe-url, no-referrer' })],
  ['an unknown policy follows', page(script, { 'referrer-policy': 'no-referrer, made-up' })],
  ['all it loads is its own', page('<script src="/a.js"></script>', { 'referrer-policy': 'unsafe-url' })],
  ['it leads on within the site', page('', { location: `/choose?t=${token}` }, 302)],
  [
    'its security policy keeps browsers from loading it',
    page(script, { 'referrer-policy': 'unsafe-url', 'content-security-policy': "default-src 'self'" }),
  ],
  [
    'it links to another site',
    page('<a href="https://other.test/">x</a>', { 'referrer-policy': 'unsafe-url' }),
  ],
])('a page keeps its token when %s', (_, answer) =>
  expect(pageOfLink(link, token, answer).verdict).toBe('refused'),
);

test('a token behind # is sent to nobody; a page that is not there shows nothing', () => {
  const fragment = `https://app.test/reset#token=${token}`;
  expect(pageOfLink(fragment, token, page(script, { 'referrer-policy': 'unsafe-url' })).verdict).toBe(
    'refused',
  );
  expect(pageOfLink(link, token, page('', {}, 404)).verdict).toBe('inconclusive');
});
