import { checks, profiles } from '@launch-ready/checks';
import type { Profile } from '@launch-ready/core';
import { describe, expect, it } from 'vitest';
import { selectChecks } from './select-checks.ts';

const profile = profiles.find(({ id }) => id === 'b2b-community') satisfies Profile | undefined;
const probes = [{ id: 'browser-trust/cors', provides: 'cors' }] as const;
const select = (only: readonly string[], skip: readonly string[] = []): readonly string[] => {
  if (profile === undefined) throw new Error('no profile');
  return selectChecks({ profile, checks, probes }, { only, skip }).map(({ id }) => id);
};

describe('selectChecks', () => {
  it('takes every check when nothing is named', () => {
    expect(select([])).toHaveLength(checks.length);
  });

  it('understands a line, a check, a group and a probe', () => {
    expect(select(['SC-RATE'])).toContain('limits/login-rate-limit');
    expect(select(['browser/csrf'])).toEqual(['browser/csrf']);
    expect(select(['session'])).toEqual(checks.map(({ id }) => id).filter((id) => id.startsWith('session/')));
    expect(select(['browser-trust/cors'])).toEqual(['browser/cors-untrusted-origin']);
  });

  it('leaves out what is skipped', () => {
    expect(select(['browser'], ['browser/csrf'])).not.toContain('browser/csrf');
  });

  it('names an id that means nothing', () => {
    expect(() => select(['browser/nothing'])).toThrow('--only browser/nothing: no line');
  });

  it('says when nothing is left', () => {
    expect(() => select(['browser/csrf'], ['browser'])).toThrow('leave no check');
  });
});
