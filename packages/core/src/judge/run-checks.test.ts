import { describe, expect, it } from 'vitest';
import type { EvidenceRecord } from '../evidence/evidence-map.ts';
import type { AnyCheck } from '../model/check.ts';
import { defineCheck } from '../model/check.ts';
import type { ExchangeId } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import {
  operationsRecord,
  failing,
  inapplicable,
  passing,
  sampleCheck,
  sampleDraft,
  unsure,
} from './judge-sample.ts';
import { runChecks } from './run-checks.ts';

const exchanges: ReadonlySet<ExchangeId> = new Set(['x1', 'x2'] as const);
const plantingRecord: EvidenceRecord = {
  id: 'e7',
  kind: 'planting',
  status: 'gathered',
  data: { objects: [], notPlantable: [] },
};
const run = (check: AnyCheck, records: readonly EvidenceRecord[] = [operationsRecord]) =>
  runChecks([check], records, exchanges, ({ options }) => options)[0]?.outcome;
/** What plain JavaScript could return although the types forbid it. */
const untyped = (value: unknown): Outcome => value as Outcome;

describe('running checks', () => {
  it.each([
    ['pass', passing],
    ['fail', failing],
    ['unknown', unsure],
    ['not-applicable', inapplicable],
  ] as const)('keeps an honest %s as it is', (_, outcome) => {
    expect(run(sampleCheck(outcome))).toEqual(outcome);
  });

  it('gives a check the kinds it declared, with the id to cite, and nothing else', () => {
    let given: unknown;
    const check = defineCheck({
      ...sampleCheck(passing),
      evaluate: (evidence) => {
        given = evidence;
        return passing;
      },
    });
    run(check, [operationsRecord, plantingRecord]);
    expect(given).toEqual({ operations: { documents: [], operations: [], id: 'e1' } });
  });

  it.each<[string, readonly EvidenceRecord[], string]>([
    ['absent', [plantingRecord], 'nothing in this run gathered the evidence "operations"'],
    [
      'missing',
      [{ id: 'e1', kind: 'operations', status: 'missing', because: 'login failed' }],
      'login failed',
    ],
    [
      'recorded twice',
      [operationsRecord, { ...operationsRecord, id: 'e2' }],
      'the evidence "operations" was recorded more than once',
    ],
    [
      'gathered and missing',
      [operationsRecord, { id: 'e2', kind: 'operations', status: 'missing', because: 'late' }],
      'the evidence "operations" was recorded more than once',
    ],
  ])('says unknown, kind and reason when evidence is %s', (_, records, because) => {
    expect(run(sampleCheck(passing), records)).toEqual({ status: 'unknown', because });
  });

  it.each<[string, Outcome, string]>([
    ['passes on an exchange that is not in the run', { ...passing, evidence: ['x1', 'x99'] }, 'x99'],
    ['passes on a record that is not in the run', { ...passing, evidence: ['e99'] }, 'e99'],
    ['passes on a record it did not declare', { ...passing, evidence: ['e7'] }, 'e7'],
    [
      'fails on an exchange that is not in the run',
      { ...failing, findings: [sampleDraft({ evidence: ['x99'] })] },
      'x99',
    ],
    ['cites a strange id for not-applicable', { ...inapplicable, evidence: ['x99'] }, 'x99'],
    ['passes without evidence', untyped({ ...passing, evidence: [] }), 'without evidence'],
    ['fails without a finding', untyped({ ...failing, findings: [] }), 'without a finding'],
    [
      'fails with a finding without evidence',
      untyped({ ...failing, findings: [{ ...sampleDraft(), evidence: [] }] }),
      'without evidence',
    ],
    ['fails on remarks alone', { ...failing, findings: [sampleDraft({ severity: 'info' })] }, 'low severity'],
    ['returns nothing', untyped(undefined), 'no outcome'],
    ['returns a promise', untyped(Promise.resolve(passing)), 'no outcome'],
    ['makes up a status', untyped({ status: 'ok' }), 'no outcome'],
  ])('is an error when a check %s', (_, outcome, part) => {
    expect(run(sampleCheck(outcome), [operationsRecord, plantingRecord])).toMatchObject({
      status: 'error',
      because: expect.stringContaining(part),
    });
  });

  it('is an error of one line when a check throws', () => {
    const check = defineCheck({
      ...sampleCheck(passing),
      evaluate: () => {
        throw new TypeError('no such field\n    at evaluate (file.ts:1:1)');
      },
    });
    expect(run(check)).toEqual({ status: 'error', because: 'the check broke off: no such field' });
  });

  it('is an error when the options of a check cannot be told', () => {
    const [first] = runChecks([sampleCheck(passing)], [operationsRecord], exchanges, () => {
      throw new Error('lines A and B disagree');
    });
    expect(first?.outcome).toEqual({
      status: 'error',
      because: 'the check broke off: lines A and B disagree',
    });
  });

  it('refuses two checks of one name', () => {
    const check = sampleCheck(passing);
    expect(() => runChecks([check, check], [], exchanges, () => ({}))).toThrow(
      'two checks are named tenancy/read',
    );
  });

  it('holds checks with different needs and options in one list', () => {
    const other = defineCheck({
      ...sampleCheck(passing, 'tenancy/list'),
      needs: ['planting', 'logins'],
      options: { most: 'x' },
      evaluate: ({ planting }, { most }) => ({ ...unsure, because: `${most}${planting.id}` }),
    });
    const all: readonly AnyCheck[] = [sampleCheck(passing), other];
    expect(all.map(({ id }) => id)).toEqual(['tenancy/read', 'tenancy/list']);
  });
});
