import { expect, test } from 'vitest';
import { shareOf } from './share-of.ts';

test('a probe may use what nobody after it expects to need', () => {
  expect(shareOf(1000, [100, 300, 200])).toBe(500);
  expect(shareOf(1000, [100])).toBe(1000);
});

test('when the budget is too small, everybody gets the same part of what it expects', () => {
  expect(shareOf(300, [300, 200, 100])).toBe(150);
  expect(shareOf(3, [300, 200, 100])).toBe(2);
  expect(shareOf(0, [300, 200])).toBe(1);
});
