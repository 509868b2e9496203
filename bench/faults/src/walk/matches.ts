import type { Finding } from '@launch-ready/core';
import type { Expectation } from '../fault.ts';

/** Slots may be called otherwise by another source of the same operation. */
const isSame = (seen: unknown, wanted: string): boolean =>
  typeof seen === 'string' && nameless(seen) === nameless(wanted);
const nameless = (text: string): string => text.replace(/\{[^}]*\}/g, '{}');

/** Whether a finding is of the expected check and in the expected place. */
export const matches = (
  finding: Pick<Finding, 'check' | 'subject'>,
  { check, place }: Expectation,
): boolean =>
  finding.check === check &&
  Object.entries(place).every(([part, value]) =>
    isSame(new Map<string, unknown>(Object.entries(finding.subject)).get(part), value),
  );
