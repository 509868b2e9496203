import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { strengthOf } from './token-strength.ts';

const now = Date.now();
const span = [now - 1000, now] as const;
const many = (make: (index: number) => string): readonly string[] =>
  Array.from({ length: 6 }, (_, index) => make(index));
const of = (make: (index: number) => string) => strengthOf(many(make), span, false);

test.each([
  ['32 random bytes in base64url', () => randomBytes(32).toString('base64url')],
  ['16 random bytes in hexadecimal', () => randomBytes(16).toString('hex')],
  [
    'time in front of 16 random bytes',
    () => Date.now().toString(16).padStart(12, '0') + randomBytes(16).toString('hex'),
  ],
] as const)('%s cannot be guessed', (_, make) => {
  const strength = of(make);
  expect(strength?.bits).toBeGreaterThanOrEqual(100);
  expect(strength).toMatchObject({ repeats: false, consecutive: false, shape: 'random' });
});

test.each([
  ['4 random bytes', () => randomBytes(4).toString('hex')],
  ['6 digits', () => String(100_000 + Math.floor(Math.random() * 900_000))],
  [
    'a fixed text and 5 random digits',
    () => `lodge-reset-for-you-${10_000 + Math.floor(Math.random() * 90_000)}`,
  ],
] as const)('%s are few bits', (_, make) => expect(of(make)?.bits).toBeLessThan(64));

test('counters in decimal and hexadecimal are seen, and the time in a token too', () => {
  expect(of((index) => String(48_213 + index * 3).padStart(24, '0'))).toMatchObject({ consecutive: true });
  expect(of((index) => (0xabc_000 + index).toString(16).padStart(32, '0'))).toMatchObject({
    consecutive: true,
  });
  expect(of((index) => `${now}-${index}`)).toMatchObject({ holdsTime: true });
});

test('the same token twice repeats, signed tokens are told, and one token says nothing', () => {
  expect(of(() => 'a'.repeat(40))).toMatchObject({ repeats: true });
  expect(of((index) => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx${index}In0.c2lnbmF0dXJl${index}`)).toMatchObject({
    shape: 'signed',
  });
  expect(strengthOf(['abc'], span, false)).toBeNull();
});
