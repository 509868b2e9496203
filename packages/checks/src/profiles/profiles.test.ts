import { references as referencesSchema, type ProfileId, type ProfileLine } from '@launch-ready/core';
import { describe, expect, it } from 'vitest';
import { findProfile, profiles } from './profiles.ts';

const expectedLines: Readonly<Record<ProfileId, readonly string[]>> = {
  'b2b-community': [
    'SC-AUTHN',
    'SC-AUTHZ',
    'SC-INVITE',
    'SC-RATE',
    'SC-SECRETS',
    'SC-INPUT',
    'SC-CORS-CSRF',
    'SC-LOGS',
    'SC-EMAIL',
    'SC-MONITOR',
  ],
  'marketplace-community': [
    'SC-AUTHN',
    'SC-AUTHZ',
    'SC-INPUT',
    'SC-SECRETS',
    'SC-RATE',
    'SC-CORS-CSRF',
    'SC-EMAIL',
    'SC-TLS',
    'SC-LOGS',
    'SC-DEPLOY',
  ],
  'client-portal': [
    'SC-AUTH-COVERAGE',
    'SC-AUTHZ',
    'SC-SECRETS',
    'SC-TLS',
    'SC-EDGE',
    'SC-EMAIL',
    'SC-CORS-CSRF',
    'SC-RATE',
    'SC-MONITOR',
    'SC-DEPLOY',
  ],
  'internal-ops': [
    'SC-AUTHN',
    'SC-AUTHZ',
    'SC-SECRETS',
    'SC-TLS',
    'SC-EDGE',
    'SC-EMAIL',
    'SC-CORS-CSRF',
    'SC-INPUT',
    'SC-LOG-ALERT',
    'SC-ROLLBACK',
  ],
  'coach-community': [
    'SC-AUTHZ',
    'SC-SESSION',
    'SC-INPUT',
    'SC-RATE',
    'SC-SECRETS',
    'SC-CORS-CSRF',
    'SC-EMAIL',
    'SC-LOGS',
    'SC-MONITOR',
    'SC-DEPLOY',
  ],
};

/** Checks of this version. */
const knownChecks = new Set([
  'access/anonymous-access',
  'access/expired-credential',
  'access/tampered-credential',
  'access/foreign-credential',
  'tenancy/cross-tenant-read',
  'tenancy/cross-tenant-list',
  'tenancy/cross-tenant-update',
  'tenancy/cross-tenant-delete',
  'tenancy/cross-tenant-insert',
  'tenancy/object-actions',
  'tenancy/live-channels',
  'tenancy/tenant-data',
  'roles/role-matrix',
  'roles/permissions-lock',
  'mass-assignment/protected-fields',
  'mass-assignment/excessive-exposure',
  'roles/self-promotion',
  'routes/server-guard',
  'routes/tenant-scope',
  'session/logout-invalidation',
  'session/password-change-invalidation',
  'session/disabled-user',
  'session/downgraded-role',
  'session/removed-member',
  'session/refresh-rotation',
  'session/token-forgery',
  'session/token-purpose',
  'session/token-lifetime',
  'session/token-expiry',
  'session/new-session-at-login',
  'session/admin-second-factor',
  'session/second-step',
  'session/single-sign-on',
  'invites/single-use',
  'invites/bound-to-address',
  'invites/revocation',
  'invites/safe-method',
  'invites/lifetime',
  'authentication/account-enumeration',
  'authentication/account-timing',
  'mailed-tokens/link-page',
  'authentication/login-bypass',
  'invites/accepted-as-made',
  'invites/expiry',
  'invites/signup',
  'invites/newest-only',
  'invites/race',
  'invites/token-secrecy',
  'invites/token-strength',
  'resets/bound-to-account',
  'resets/ends-sessions',
  'resets/expiry',
  'resets/lifetime',
  'resets/link-origin',
  'resets/newest-only',
  'resets/race',
  'resets/safe-method',
  'resets/single-use',
  'resets/token-secrecy',
  'resets/token-strength',
  'browser/cookie-flags',
  'browser/cors-untrusted-origin',
  'browser/csrf',
  'browser/websocket-origin',
  'browser/security-headers',
  'limits/login-rate-limit',
  'limits/forged-client-address',
  'limits/login-rate-limit-recovery',
  'limits/retry-after',
  'limits/mail-rate-limit',
  'input/injection',
  'input/malformed-input',
  'input/oversized-input',
  'input/persisted-invalid-input',
  'input/error-disclosure',
]);

const lineOf = (profile: string, line: string): ProfileLine | undefined =>
  findProfile(profile)?.lines.find((candidate) => candidate.id === line);

const threshold = (profile: string, line: string, name: string): number | string | undefined =>
  lineOf(profile, line)?.thresholds.find((candidate) => candidate.name === name)?.value;

const duplicates = (values: readonly string[]): readonly string[] =>
  values.filter((value, at) => values.indexOf(value) !== at);

const texts = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(texts);
};

describe('the profiles', () => {
  it('are five, each under an id of its own', () => {
    expect(profiles.map(({ id }) => id).toSorted()).toEqual(Object.keys(expectedLines).toSorted());
  });

  it('are found by id, and an unknown id finds nothing', () => {
    expect(profiles.map(({ id }) => findProfile(id))).toEqual(profiles);
    expect(findProfile('b2b')).toBeUndefined();
  });

  it('accept DMARC none in the two early profiles and quarantine in the others', () => {
    const policies = Object.fromEntries(
      profiles.map(({ id }) => [id, threshold(id, 'SC-EMAIL', 'weakest DMARC policy')]),
    );
    expect(policies).toEqual({
      'b2b-community': 'quarantine',
      'marketplace-community': 'none',
      'client-portal': 'quarantine',
      'internal-ops': 'quarantine',
      'coach-community': 'none',
    });
  });

  it('bind invites to 24 to 72 hours and high-risk tokens to 15 to 60 minutes in the B2B profile', () => {
    expect(threshold('b2b-community', 'SC-INVITE', 'shortest invite life')).toBe(24);
    expect(threshold('b2b-community', 'SC-INVITE', 'longest invite life')).toBe(72);
    expect(threshold('b2b-community', 'SC-AUTHN', 'shortest life of high-risk tokens')).toBe(15);
    expect(threshold('b2b-community', 'SC-AUTHN', 'longest life of high-risk tokens')).toBe(60);
  });

  it('stop a launch at two failures where the source document counts two', () => {
    expect(profiles.filter(({ failuresThatStop }) => failuresThatStop === 2).map(({ id }) => id)).toEqual([
      'b2b-community',
      'internal-ops',
    ]);
  });
});

describe.each(profiles)('the profile $id', (profile) => {
  const lineIds = new Set(profile.lines.map(({ id }) => id));
  const options = (check: string): Readonly<Record<string, unknown>> | undefined =>
    profile.lines.flatMap(({ checks }) => checks).find(({ id }) => id === check)?.options;

  it('has the ten lines of its scorecard, in order', () => {
    expect(profile.lines.map(({ id }) => id)).toEqual(expectedLines[profile.id]);
  });

  it('shares out a hundred points, some to every line', () => {
    expect(profile.lines.filter(({ weight }) => weight <= 0)).toEqual([]);
    expect(profile.lines.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  });

  it('has gates, and access to the data of others is one', () => {
    expect(profile.lines.filter(({ gate }) => gate).map(({ id }) => id)).toContain('SC-AUTHZ');
  });

  it('rests on checks that exist, each named once in a line', () => {
    const used = profile.lines.flatMap(({ checks }) => checks.map(({ id }) => id));
    expect(used.filter((id) => !knownChecks.has(id))).toEqual([]);
    expect(profile.lines.flatMap(({ checks }) => duplicates(checks.map(({ id }) => id)))).toEqual([]);
  });

  it('names something that is examined, or something that is not, in every line', () => {
    const empty = profile.lines.filter((line) => line.checks.length + line.notYetExamined.length === 0);
    expect(empty.map(({ id }) => id)).toEqual([]);
    expect(profile.lines.flatMap(({ notYetExamined }) => duplicates(notYetExamined))).toEqual([]);
  });

  it('shows the numbers that its checks are given', () => {
    const shown = profile.lines.flatMap(({ thresholds }) => thresholds);
    const value = (name: string): unknown => shown.find((candidate) => candidate.name === name)?.value;
    const lifetime = options('invites/lifetime');
    expect(value('shortest invite life')).toBe(lifetime?.['minHours']);
    expect(value('longest invite life')).toBe(lifetime?.['maxHours']);
    expect(value('login attempts from one address')).toBe(
      options('limits/login-rate-limit')?.['attemptsPerMinute'],
    );
  });

  it('cites well-formed catalogue ids', () => {
    for (const line of profile.lines)
      expect(referencesSchema.parse(line.references)).toEqual(line.references);
  });

  it('serves every line with a deliverable, and names existing lines only', () => {
    const served = new Set(profile.plan.flatMap(({ lines }) => lines));
    expect([...lineIds].filter((id) => !served.has(id))).toEqual([]);
    const named = [...profile.plan, ...profile.acceptance, ...profile.today].flatMap(({ lines }) => lines);
    expect(named.filter((id) => !lineIds.has(id))).toEqual([]);
  });

  it('plans within 48 hours, in the order of the clock, up to the last hour', () => {
    for (const { fromHour, toHour, steps } of profile.plan) {
      expect(fromHour).toBeGreaterThanOrEqual(0);
      expect(toHour).toBeGreaterThan(fromHour);
      expect(steps.length).toBeGreaterThan(0);
    }
    const starts = profile.plan.map(({ fromHour }) => fromHour);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(Math.max(...profile.plan.map(({ toHour }) => toHour))).toBe(48);
  });

  it('has an acceptance rule for speed, and none that silence could meet', () => {
    const speed = profile.acceptance.find(({ id }) => id === 'fast-core-flows');
    expect(speed?.thresholds).toEqual([{ name: 'p95 of core flows', value: 500, unit: 'ms' }]);
    expect(speed?.notYetExamined.length).toBeGreaterThan(0);
    const silent = profile.acceptance.filter((rule) => rule.lines.length + rule.notYetExamined.length === 0);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('raises its five red flags by known checks or by questions that it asks', () => {
    expect(profile.redFlags).toHaveLength(5);
    expect(profile.redFlagsForSenior).toBe(2);
    const asked = new Set(profile.questions.map(({ id }) => id));
    const used = new Set(profile.lines.flatMap(({ checks }) => checks.map(({ id }) => id)));
    const unfounded = profile.redFlags.filter(({ raisedBy }) =>
      raisedBy.kind === 'answer'
        ? !asked.has(raisedBy.question)
        : raisedBy.checks.length === 0 || raisedBy.checks.some((id) => !used.has(id)),
    );
    expect(unfounded.map(({ id }) => id)).toEqual([]);
  });

  it('offers five things for today', () => {
    expect(profile.today).toHaveLength(5);
  });

  it('uses no id twice', () => {
    for (const group of [
      profile.lines,
      profile.acceptance,
      profile.redFlags,
      profile.questions,
      profile.plan,
    ]) {
      expect(duplicates(group.map(({ id }) => id))).toEqual([]);
    }
  });

  it('points to public documents over HTTPS', () => {
    expect(profile.readingList.length).toBeGreaterThan(0);
    expect(profile.readingList.filter(({ url }) => !/^https:\/\/[a-z.]+\/\S*$/.test(url))).toEqual([]);
  });

  it('leaves no text empty', () => {
    expect(texts(profile).filter((text) => text.trim().length < 2)).toEqual([]);
  });
});
