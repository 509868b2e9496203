import type { Review } from '@launch-ready/core';
import type { Fault } from '../fault.ts';
import { describeFinding } from './describe-finding.ts';
import { matches } from './matches.ts';

/**
 * What is wrong with a review of the platform without the fault: a finding, or a check that did not look at all. A check that
 * looked and could not prove enough is no alarm; `weakness` tells of it.
 */
export function problemsOff(
  review: Pick<Review, 'checks' | 'findings'>,
  fault: Pick<Fault, 'expects'>,
  step: string,
): readonly string[] {
  const check = review.checks.find(({ id }) => id === fault.expects.check);
  const looked = check !== undefined && (check.status === 'pass' || check.status === 'unknown');
  const status =
    check === undefined
      ? [`${step}: there is no check ${fault.expects.check}`]
      : looked
        ? []
        : [`${step}: ${check.id} is ${check.status}: ${check.because}`];
  return [...status, ...review.findings.map((finding) => `${step}: found ${describeFinding(finding)}`)];
}

/** Why the expected check does not prove that the platform without the fault is good; null when it does. */
export function weakness(
  review: Pick<Review, 'checks' | 'findings'>,
  fault: Pick<Fault, 'expects'>,
): string | null {
  const check = review.checks.find(({ id }) => id === fault.expects.check);
  return check?.status === 'unknown' ? `${check.id} is unknown without the fault: ${check.because}` : null;
}

/** What is wrong with a review of the platform with the fault: expected and not found, or found and not expected. */
export function problemsOn(
  review: Pick<Review, 'checks' | 'findings'>,
  fault: Pick<Fault, 'expects' | 'alsoExpects'>,
): readonly string[] {
  const expected = [fault.expects, ...(fault.alsoExpects ?? [])];
  const missing = expected
    .filter((one) => !review.findings.some((finding) => matches(finding, one)))
    .map((one) => {
      const check = review.checks.find(({ id }) => id === one.check);
      const seen = check === undefined ? 'there is no such check' : `it is ${check.status}: ${check.because}`;
      return `on: ${one.check} found nothing at ${JSON.stringify(one.place)}; ${seen}`;
    });
  const besides = review.findings
    .filter((finding) => !expected.some((one) => matches(finding, one)) && !isSeenInSource(finding, review))
    .map((finding) => `on: found besides ${describeFinding(finding)}`);
  return [...missing, ...besides];
}

/** Whether a check of the source tells once more of an operation that was found broken from outside. */
const isSeenInSource = (
  { check, subject }: Review['findings'][number],
  { findings }: Pick<Review, 'findings'>,
): boolean =>
  check.startsWith('routes/') &&
  findings.some(
    (other) => !other.check.startsWith('routes/') && other.subject.operation === subject.operation,
  );
