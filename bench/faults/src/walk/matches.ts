import type { Finding } from '@launch-ready/core';
import type { Expectation } from '../fault.ts';

/** Whether a finding is of the expected check and in the expected place. */
export const matches = (
  finding: Pick<Finding, 'check' | 'subject'>,
  { check, place }: Expectation,
): boolean =>
  finding.check === check &&
  Object.entries(place).every(
    ([part, value]) => new Map<string, unknown>(Object.entries(finding.subject)).get(part) === value,
  );
