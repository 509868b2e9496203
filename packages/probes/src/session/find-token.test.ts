import { expect, test } from 'vitest';
import { findToken } from './find-token.ts';

const signed = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${'a'.repeat(43)}`;

test('a token is found under any name when its value says what it is', () => {
  expect(findToken({ message: 'welcome', authorization: `Bearer ${signed}` }, [])).toEqual({
    name: 'authorization',
    token: signed,
  });
  expect(findToken({ data: { credential: signed } }, [])?.token).toBe(signed);
});

test('a known name goes before a value that only looks like a token', () => {
  const answer = { invitation: `Bearer ${'x'.repeat(20)}`, data: { accessToken: signed } };
  expect(findToken(answer, [])).toEqual({ name: 'accessToken', token: signed });
});

test('refresh tokens and plain texts are no credentials of a login', () => {
  expect(
    findToken({ refreshJwt: signed, message: 'Bearer of good news', id: 'a'.repeat(40) }, []),
  ).toBeNull();
});
