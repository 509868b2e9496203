import type { EvidenceRecord } from '../evidence/evidence-map.ts';
import { defineCheck } from '../model/check.ts';
import type { FindingDraft } from '../model/finding.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Profile, ProfileLine } from '../model/profile.ts';
import type { CheckResult, LineResult } from '../model/review.ts';
import type { JudgeInput } from './judge-review.ts';

/* A small profile, check and run that the tests of this folder vary. */

const references = { cwe: [], owaspApi: [], asvs: [] } as const;

export const sampleDraft = (change: Partial<FindingDraft> = {}): FindingDraft => ({
  subject: { operation: 'GET /posts/{id}', relation: 'foreign member' },
  message: 'a member of another tenant read a post',
  actors: ['south.member'],
  evidence: ['x2'],
  ...change,
});

export const sampleCheck = (
  outcome: Outcome,
  id = 'tenancy/read',
  severity: 'high' | 'low' | 'info' = 'high',
) =>
  defineCheck({
    id,
    title: `${id} is well`,
    failureTitle: `${id} is broken`,
    criterion: 'nobody reads what is not theirs',
    requirements: ['SC-AUTHZ'],
    severity,
    how: 'it looks',
    why: 'it matters',
    needs: ['operations'],
    options: { least: 1 },
    fix: { summary: 'mend it', steps: ['mend it'], today: 'switch it off', effort: 'hours' },
    references,
    evaluate: () => outcome,
  });

export const passing = { status: 'pass', because: 'all refused', evidence: ['e1'] } satisfies Outcome;
export const failing = {
  status: 'fail',
  because: 'one got through',
  findings: [sampleDraft()],
} satisfies Outcome;
export const unsure = { status: 'unknown', because: 'the server was silent' } satisfies Outcome;
export const inapplicable = { status: 'not-applicable', because: 'there are no posts' } satisfies Outcome;

export const operationsRecord: EvidenceRecord = {
  id: 'e1',
  kind: 'operations',
  status: 'gathered',
  data: { documents: [], operations: [] },
};

export const sampleLine = (change: Partial<ProfileLine> = {}): ProfileLine => ({
  id: 'SC-AUTHZ',
  title: 'Authorization',
  criterion: 'only one’s own',
  gate: true,
  weight: 1,
  whyItMatters: 'trust',
  whatBreaks: 'everything',
  thresholds: [],
  checks: [{ id: 'tenancy/read' }],
  notYetExamined: [],
  references,
  ...change,
});

export const sampleProfile = (change: Partial<Profile> = {}): Profile => ({
  id: 'b2b-community',
  title: 'B2B community',
  audience: 'founders',
  summary: 'a short list',
  lines: [sampleLine()],
  acceptance: [{ id: 'AC-1', text: 'nobody sees others’ data', lines: ['SC-AUTHZ'], notYetExamined: [] }],
  failuresThatStop: 2,
  redFlags: [
    {
      id: 'RF-1',
      statement: 'data leaks',
      why: 'it spreads',
      raisedBy: { kind: 'checks', checks: ['tenancy/read'] },
    },
    {
      id: 'RF-2',
      statement: 'no matrix',
      why: 'nobody knows',
      raisedBy: { kind: 'answer', question: 'Q-1', answer: 'no' },
    },
  ],
  redFlagsForSenior: 2,
  questions: [{ id: 'Q-1', text: 'is there a matrix?', why: 'to compare' }],
  today: [{ title: 'List the roles', how: 'write them down', lines: ['SC-AUTHZ'] }],
  plan: [
    { id: 'PL-2', title: 'Guard the routes', fromHour: 8, toHour: 16, lines: ['SC-AUTHZ'], steps: ['guard'] },
    { id: 'PL-1', title: 'Draw the matrix', fromHour: 0, toHour: 8, lines: ['SC-AUTHZ'], steps: ['draw'] },
    { id: 'PL-3', title: 'Set up mail', fromHour: 16, toHour: 20, lines: ['SC-EMAIL'], steps: ['set up'] },
  ],
  readingList: [],
  ...change,
});

export const sampleInput = (change: Partial<JudgeInput> = {}): JudgeInput => ({
  profile: sampleProfile(),
  checks: [sampleCheck(failing)],
  records: [operationsRecord],
  exchanges: new Set(['x1', 'x2', 'x3'] as const),
  run: {
    id: 'r1',
    startedAt: '2030-01-02T03:04:05Z',
    durationMs: 1200,
    mode: 'standard',
    requests: 3,
    interrupted: null,
  },
  target: {
    name: 'Acme',
    origins: { app: 'http://127.0.0.1:3000' },
    tenants: ['north', 'south'],
    actors: [
      { id: 'north.admin', tenant: 'north', role: 'admin' },
      { id: 'anonymous', tenant: null, role: 'anonymous' },
    ],
  },
  tool: { name: 'launch-ready', version: '0.1.0', node: '24.0.0' },
  latency: [],
  waivers: [],
  attestations: [],
  today: '2030-01-02',
  baseline: null,
  leftovers: [],
  ...change,
});

export const sampleCheckResult = (change: Partial<CheckResult> = {}): CheckResult => ({
  id: 'tenancy/read',
  title: 'posts stay private',
  criterion: 'nobody reads what is not theirs',
  severity: 'high',
  status: 'pass',
  because: 'all refused',
  evidence: ['e1'],
  findings: [],
  lines: ['SC-AUTHZ'],
  references,
  ...change,
});

export const sampleLineResult = (change: Partial<LineResult> = {}): LineResult => ({
  id: 'SC-AUTHZ',
  title: 'Authorization',
  criterion: 'only one’s own',
  gate: true,
  status: 'pass',
  because: 'it passed',
  checks: ['tenancy/read'],
  notYetExamined: [],
  thresholds: [],
  whyItMatters: 'trust',
  whatBreaks: 'everything',
  references,
  ...change,
});
