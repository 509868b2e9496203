import { expect, test } from 'vitest';
import { idQuality } from './id-quality.ts';

test('numbers that follow on one another can be guessed, also behind the name of a tenant', () => {
  expect(idQuality(['17', '19', '23'])).toEqual({
    quality: 'guessable',
    because: 'numbers that follow on one another (at most 4 apart)',
  });
  expect(idQuality(['north:4', 'north:5', 'south:6']).quality).toBe('guessable');
  expect(idQuality(['81920412', '10455', '5520031']).quality).toBe('unknown');
});

test('ids without chance in them can be guessed, random ones cannot, and what is of no known form is left open', () => {
  expect(idQuality(['c232ab00-9414-11ec-b3c8-9f6bdeced846']).quality).toBe('guessable');
  expect(idQuality(['507f1f77bcf86cd799439011', '507f1f77bcf86cd799439012']).quality).toBe('guessable');
  expect(idQuality(['0e4f1c66-2f6e-4d3b-8a2f-6f6b1d2f3a4c']).quality).toBe('random');
  expect(idQuality(['017f22e2-79b0-7cc3-98c4-dc0c0c07398f']).quality).toBe('random');
  expect(idQuality(['01ARZ3NDEKTSV4RRFFQ69G5FAV']).quality).toBe('random');
  expect(idQuality(['my-first-page', 'another-page']).quality).toBe('unknown');
  expect(idQuality([]).quality).toBe('unknown');
});
