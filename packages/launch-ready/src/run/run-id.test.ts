import { seededRandom, systemClock } from '@launch-ready/probes';
import { expect, it } from 'vitest';
import { newRunId } from './run-id.ts';

it('starts with the time, so that names sort by age', () => {
  const clock = { ...systemClock, now: () => new Date('2026-03-04T05:06:07.890Z') };
  expect(newRunId(clock, seededRandom(1))).toMatch(/^20260304-050607-[a-z0-9]{4}$/);
});
