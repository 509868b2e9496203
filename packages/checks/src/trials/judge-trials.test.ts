import { expect, test } from 'vitest';
import { judgeTrials, type TrialState } from './judge-trials.ts';

const judge = (states: readonly TrialState[], provenShare = 0.8, seenOnce: ReadonlySet<number> = new Set()) =>
  judgeTrials({
    record: 'e1',
    trials: states.map((state, index) => ({
      state,
      because: `trial ${index} was ${state}`,
      exchanges: [`x${index}` as const],
      ...(seenOnce.has(index) ? ({ seenOnce: true } as const) : {}),
    })),
    state: (trial) => trial.state,
    finding: () => ({ subject: { operation: 'GET /a' }, message: 'it was bad', actors: ['north.admin'] }),
    passed: (good) => `${good} were good`,
    failed: (findings) => `${findings} found`,
    untried: 'nothing was tried',
    provenShare,
  });

test('one bad trial fails although all others are good', () => {
  expect(judge(['good', 'bad', 'good'])).toMatchObject({
    status: 'fail',
    because: '1 found',
    findings: [{ evidence: ['e1', 'x1'] }],
  });
});

test('bad trials with one subject are one finding that cites them all', () => {
  const outcome = judge(['bad', 'bad']);
  expect(outcome).toMatchObject({ status: 'fail', findings: [{ evidence: ['e1', 'x0', 'x1'] }] });
});

test('a pass cites the record and the good trials, and names its doubts', () => {
  expect(judge(['good', 'good', 'good', 'good', 'unclear'])).toEqual({
    status: 'pass',
    because: '4 were good; 1 more proved nothing: trial 4 was unclear',
    evidence: ['e1', 'x0', 'x1', 'x2', 'x3'],
  });
});

test('too many unclear trials are unknown, with the reason', () => {
  expect(judge(['good', 'unclear'])).toMatchObject({
    status: 'unknown',
    because: expect.stringContaining('trial 1 was unclear'),
  });
  expect(judge(['unclear'])).toMatchObject({ status: 'unknown' });
  expect(judge(['good', 'unclear'], 1)).toMatchObject({ status: 'unknown' });
});

test('a failure with too many unclear trials says what is unproven besides', () => {
  expect(judge(['bad', 'unclear'])).toMatchObject({
    status: 'fail',
    unproven: expect.stringContaining('1 of 2'),
  });
  expect(judge(['bad', 'good'])).not.toHaveProperty('unproven');
});

test('a fault that showed once and not again keeps the check from passing', () => {
  const states: readonly TrialState[] = ['good', 'good', 'good', 'good', 'unclear'];
  expect(judge(states, 0.8, new Set([4]))).toEqual({
    status: 'unknown',
    because: '1 of 5 trials showed the fault and not a second time: trial 4 was unclear',
    evidence: ['e1'],
  });
});

test('no trial at all is unknown', () => {
  expect(judge([])).toEqual({ status: 'unknown', because: 'nothing was tried' });
});
