import { expect, test } from 'vitest';
import { protectedKind } from './protected-kind.ts';
import { secretFields } from './secret-fields.ts';
import { holds, twoValues } from './two-values.ts';
import type { Received } from '../leaks/received-answers.ts';

test('values of ours are never what an untouched object holds by itself', () => {
  for (const before of [true, false, 0, 12, 'approved', 'draft', '2026-01-01T00:00:00.000Z']) {
    const kind = typeof before === 'string' && before.startsWith('2026') ? 'time' : 'state';
    const values = twoValues(kind, before, {}, ['admin', 'member']);
    expect(values?.first).not.toBe(before);
    expect(values?.second).not.toBe(before);
    expect(typeof before === 'boolean' || values?.first !== values?.second).toBe(true);
  }
});

test('a listed choice is taken from the list', () => {
  expect(twoValues('state', 'open', { enum: ['open', 'closed', 'late'] }, [])).toEqual({
    before: 'open',
    first: 'closed',
    second: 'late',
  });
  expect(twoValues('state', 'open', { enum: ['open'] }, [])).toBeNull();
});

test('dates are the same however they are written, and text is not a date', () => {
  expect(holds('2001-02-03T04:05:06Z', '2001-02-03T04:05:06.000Z')).toBe(true);
  expect(holds('2001-02-03T04:05:07Z', '2001-02-03T04:05:06.000Z')).toBe(false);
  expect(holds('approved', 'published')).toBe(false);
  expect(holds('true', true)).toBe(false);
});

test('only names that speak of rights, tenants, owners, money, state or dates are protected', () => {
  expect(
    ['isAdmin', 'org_id', 'authorId', 'creditBalance', 'email_verified', 'createdAt'].map(protectedKind),
  ).toEqual(['right', 'tenant', 'owner', 'money', 'state', 'time']);
  expect(['title', 'slug', 'wordCount', 'description', 'color'].map(protectedKind)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

const received = (json: unknown): Received => {
  const text = JSON.stringify(json);
  return {
    operation: {
      id: 'GET /people',
      method: 'GET',
      path: '/people',
      origin: 'http://127.0.0.1',
      tags: [],
      slots: [],
      responses: [],
      declaredAuth: 'required',
      sources: [],
    },
    url: 'http://127.0.0.1/people',
    actor: 'north.member',
    answer: {
      kind: 'answer',
      exchange: 'x1',
      status: 200,
      headers: [],
      header: () => null,
      headerValues: () => [],
      bytes: new TextEncoder().encode(text),
      text,
      json: () => json,
      totalMs: 1,
    },
  };
};
const isOwn = (_: string, text: string): boolean => text.includes('"me@north.test"');
const found = (json: unknown) =>
  secretFields(received(json), isOwn).map(({ field, kind, own }) => `${kind} ${field} ${own}`);

test('hashes are known by their shape wherever they stand, and credentials by their name in accounts of others', () => {
  const bcrypt = `$2b$12$${'a'.repeat(53)}`;
  expect(found([{ id: 1, author: { email: 'you@north.test', pw: bcrypt } }])).toEqual([
    'password-hash pw false',
  ]);
  expect(
    found({ email: 'me@north.test', h: '$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g' }),
  ).toEqual(['password-hash h true']);
  expect(found([{ email: 'you@north.test', resetToken: 'rt-5d1c0a' }])).toEqual([
    'credential resetToken false',
  ]);
});

test.each([
  ['a mask', [{ email: 'you@north.test', password: '********' }]],
  ['an empty field', [{ email: 'you@north.test', resetToken: null, password: '' }]],
  ['one’s own secret at enrolment', { email: 'me@north.test', totpSecret: 'JBSWY3DPEHPK3PXP' }],
  ['a token of something that is no account', { id: 'i1', resetToken: 'abcdefgh' }],
  ['a price that looks like shell text', { title: '$2 bargains $10 each' }],
] as const)('%s is no secret', (_, json) => {
  expect(found(json)).toEqual([]);
});
