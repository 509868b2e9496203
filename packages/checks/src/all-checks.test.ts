import { evidenceKinds, references } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { checks } from './all-checks.ts';
import { findCheck } from './find-check.ts';
import { profiles } from './profiles/profiles.ts';

test('ids are unique and found again', () => {
  expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length);
  for (const check of checks) expect(findCheck(check.id)).toBe(check);
  expect(findCheck('no/such')).toBeNull();
});

describe.each(checks.map((check) => [check.id, check] as const))('%s', (_, check) => {
  test('says what people need', () => {
    for (const text of [
      check.title,
      check.failureTitle,
      check.criterion,
      check.how,
      check.why,
      check.fix.summary,
    ]) {
      expect(text.length).toBeGreaterThan(10);
    }
    for (const step of check.fix.steps) expect(step).toMatch(/^[A-Z][a-z]+ .+\.$/);
    expect(check.fix.steps.length).toBeGreaterThan(0);
    expect(check.needs.length).toBeGreaterThan(0);
    for (const kind of check.needs) expect(evidenceKinds).toContain(kind);
    references.parse(check.references);
    expect(check.references.cwe.length).toBeGreaterThan(0);
  });

  test('serves a requirement that some checklist has, or a check of the review', () => {
    const lines = new Set(profiles.flatMap((profile) => profile.lines.map((line) => line.id)));
    expect(check.requirements.some((id) => lines.has(id) || id.startsWith('CK-'))).toBe(true);
  });
});

test('every option that a checklist sets is one that the check has', () => {
  for (const { id, options } of profiles.flatMap((profile) => profile.lines.flatMap((line) => line.checks))) {
    const check = findCheck(id);
    if (check === null) continue;
    for (const name of Object.keys(options ?? {})) expect(Object.keys(check.options)).toContain(name);
  }
});
