import { expect, test } from 'vitest';
import { tamperSecret } from './tamper.ts';

test.each([
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  's%3Aabcdef.0123456789abcdef',
  '0b8ba4a1-6d0c-4a52-8b49-0a4b6f2d7c11',
  'x',
  '',
])('%j is changed', (value) => {
  expect(tamperSecret(value)).not.toBe(value);
});

test('only the signature of a signed value is changed, and its length stays', () => {
  const token = 'head.body.signature-part';
  expect(tamperSecret(token)).toMatch(/^head\.body\./);
  expect(tamperSecret(token)).toHaveLength(token.length);
});
