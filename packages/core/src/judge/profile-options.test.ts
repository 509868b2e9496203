import { describe, expect, it } from 'vitest';
import { defineCheck } from '../model/check.ts';
import type { ProfileLine } from '../model/profile.ts';
import { passing, sampleCheck, sampleLine, sampleProfile } from './judge-sample.ts';
import { profileOptions } from './profile-options.ts';

const check = defineCheck({
  ...sampleCheck(passing),
  options: { least: 1, kinds: ['a'], most: null as number | null },
  evaluate: () => passing,
});
type Options = ProfileLine['checks'][number]['options'];
const under = (...options: readonly Options[]) =>
  profileOptions(
    sampleProfile({
      lines: options.map((set, index) =>
        sampleLine({ id: `L${index}`, checks: [{ id: check.id, ...(set && { options: set }) }] }),
      ),
    }),
    check,
  );

describe('the options of a check under a profile', () => {
  it.each<[string, readonly Options[], object]>([
    ['its defaults when no line sets any', [undefined], { least: 1, kinds: ['a'], most: null }],
    ['what a line sets', [{ least: 5 }], { least: 5, kinds: ['a'], most: null }],
    [
      'what several lines set together',
      [{ least: 5 }, { kinds: ['b'] }, undefined],
      { least: 5, kinds: ['b'], most: null },
    ],
    ['what two lines agree on', [{ kinds: ['b'] }, { kinds: ['b'] }], { least: 1, kinds: ['b'], most: null }],
    ['anything where the default says nothing', [{ most: 9 }], { least: 1, kinds: ['a'], most: 9 }],
  ])('are %s', (_, lines, expected) => {
    expect(under(...lines)).toEqual(expected);
  });

  it.each<[string, readonly Options[], string]>([
    ['disagree', [{ least: 5 }, { least: 6 }], 'lines L0 and L1 of the profile disagree on the option least'],
    [
      'set what the check does not have',
      [{ leest: 5 }],
      'line L0 of the profile sets the option leest, which its check does not have',
    ],
    [
      'set another type',
      [{ least: '5' }],
      'line L0 of the profile sets the option least, which must be a number',
    ],
    ['set no list', [{ kinds: {} }], 'which must be a list'],
  ])('are refused when lines %s', (_, lines, message) => {
    expect(() => under(...lines)).toThrow(message);
  });
});
