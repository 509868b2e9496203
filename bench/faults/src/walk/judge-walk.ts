import type { Review } from '@launch-ready/core';
import type { Fault } from '../fault.ts';
import { describeFinding } from './describe-finding.ts';
import { matches } from './matches.ts';

/** What is wrong with a review of the platform without the fault; nothing when the expected check passed and nothing was found. */
export function problemsOff(review: Review, fault: Pick<Fault, 'expects'>, step: string): readonly string[] {
  const check = review.checks.find(({ id }) => id === fault.expects.check);
  const status =
    check === undefined
      ? [`${step}: there is no check ${fault.expects.check}`]
      : check.status === 'pass'
        ? []
        : [`${step}: ${check.id} is ${check.status} instead of passed: ${check.because}`];
  return [...status, ...review.findings.map((finding) => `${step}: found ${describeFinding(finding)}`)];
}

/** What is wrong with a review of the platform with the fault: expected and not found, or found and not expected. */
export function problemsOn(review: Review, fault: Pick<Fault, 'expects' | 'alsoExpects'>): readonly string[] {
  const expected = [fault.expects, ...(fault.alsoExpects ?? [])];
  const missing = expected
    .filter((one) => !review.findings.some((finding) => matches(finding, one)))
    .map((one) => {
      const check = review.checks.find(({ id }) => id === one.check);
      const seen = check === undefined ? 'there is no such check' : `it is ${check.status}: ${check.because}`;
      return `on: ${one.check} found nothing at ${JSON.stringify(one.place)}; ${seen}`;
    });
  const besides = review.findings
    .filter((finding) => !expected.some((one) => matches(finding, one)))
    .map((finding) => `on: found besides ${describeFinding(finding)}`);
  return [...missing, ...besides];
}
