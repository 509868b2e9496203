import {
  defineCheck,
  isSafeMethod,
  httpMethod,
  type Gathered,
  type Outcome,
  type PermissionRelation,
  type PermissionState,
  type Severity,
} from '@launch-ready/core';
import { lostActors } from '../access/lost-actors.ts';
import { judgeTrials } from '../trials/judge-trials.ts';

type Cell = Gathered<'roleMatrix'>['cells'][number];

/** The observed matrix, compared with the one that somebody signed. */
export const permissionsLock = defineCheck({
  id: 'roles/permissions-lock',
  title: 'Nobody may do more than the signed permission matrix says',
  failureTitle: 'The rights of a role differ from the signed permission matrix',
  criterion:
    'No cell that was signed as denied was observed to be allowed, at least four in five of them were observed to be denied, and no operation was found that the signed matrix does not have.',
  requirements: ['SC-AUTHZ', 'CK-ROLES', 'PL-ROLES'],
  severity: 'high',
  how: 'Reads permissions.lock, which a person signed after looking at an earlier matrix, and compares every cell with what this review observed. A right that was lost is told, and does no harm to the result.',
  why: 'Most holes in rights are not there at the start: they come with a change that nobody meant to touch them.',
  needs: ['roleMatrix', 'logins'],
  options: { provenShare: 0.8 },
  evaluate: ({ roleMatrix: evidence, logins }, { provenShare }) => {
    const { signed } = evidence;
    if (signed === null)
      return {
        status: 'not-applicable',
        because:
          'nobody has signed a matrix yet: look at it with `launch-ready permissions`, and sign it with --sign',
        evidence: [evidence.id],
      };
    const lost = lostActors(logins, 'access/role-matrix');
    const was = (cell: Cell): PermissionState | undefined =>
      signed.rights[cell.operation]?.[cell.role]?.[cell.relation];
    const known = new Set(Object.keys(signed.rights));
    const outcome = judgeTrials({
      record: evidence.id,
      trials: evidence.cells.filter(
        (cell) =>
          was(cell) === 'denied' ||
          (was(cell) === 'allowed' && cell.observed === 'denied' && !lost.has(cell.actor)),
      ),
      state: (cell) => {
        if (was(cell) === 'allowed') return 'bad';
        if (cell.observed === 'allowed') return cell.inferred ? 'unclear' : 'bad';
        return cell.observed === 'denied' && !lost.has(cell.actor) ? 'good' : 'unclear';
      },
      finding: (cell) => ({
        subject: { operation: cell.operation, relation: `role ${cell.role}, ${cell.relation}` },
        message:
          was(cell) === 'allowed'
            ? `a signed right was lost: the role ${cell.role} may no longer use ${cell.operation} (${whose[cell.relation]}): ${cell.because}`
            : `the role ${cell.role} is now allowed ${cell.operation} (${whose[cell.relation]}), which ${signed.signedBy} signed as denied on ${signed.signedOn}: ${cell.because}`,
        actors: [cell.actor],
        reproduce: cell.observed === 'allowed' ? (cell.reproduce ?? null) : null,
        severity: was(cell) === 'allowed' ? 'info' : severityOf(cell),
      }),
      passed: (good) => `${good} cells that were signed as denied by ${signed.signedBy} are still denied`,
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'cell differs' : 'cells differ'} from what ${signed.signedBy} signed on ${signed.signedOn}`,
      untried: `the matrix signed by ${signed.signedBy} denies nothing to the roles that were tried`,
      provenShare,
    });
    const unsigned = new Set(evidence.cells.map(({ operation }) => operation).filter((id) => !known.has(id)));
    return withUnsigned(outcome, [...unsigned], evidence.id);
  },
  fix: {
    summary: 'Take the right back, or look at the new matrix and sign it again.',
    steps: [
      'Find the change that opened the operation, and put the missing condition back.',
      'Sign the matrix again with `launch-ready permissions` when the change was meant.',
      'Keep permissions.lock under version control, so that every change of rights is reviewed.',
    ],
    today: 'Put the role condition of the named operations back.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-285', 'CWE-862'], owaspApi: ['API5:2023'], asvs: ['8.1.1', '8.2.1', '8.3.1'] },
});

const whose: Readonly<Record<PermissionRelation, string>> = {
  own: 'on its own object',
  peer: 'on an object of somebody else in its tenant',
  tenant: 'inside its tenant',
  foreign: 'on an object of another tenant',
  anonymous: 'without any credential',
};

/** By what the cell opens: other tenants and everybody first, then changes, then reads. */
function severityOf({ operation, relation }: Cell): Severity {
  if (relation === 'foreign' || relation === 'anonymous') return 'critical';
  const method = httpMethod.safeParse(operation.split(' ')[0]);
  return method.success && isSafeMethod(method.data) ? 'medium' : 'high';
}

/** Operations that nobody has signed anything about leave open what a pass would claim. */
function withUnsigned(
  outcome: Outcome,
  unsigned: readonly string[],
  record: Gathered<'roleMatrix'>['id'],
): Outcome {
  if (unsigned.length === 0) return outcome;
  const some = unsigned.slice(0, 3).join(', ');
  const because = `${unsigned.length} ${unsigned.length === 1 ? 'operation is' : 'operations are'} not in the signed matrix (${some}${unsigned.length > 3 ? ' and more' : ''}): look at them and sign it again`;
  if (outcome.status === 'fail') return { ...outcome, unproven: outcome.unproven ?? because };
  if (outcome.status === 'unknown') return { ...outcome, because: `${outcome.because}; ${because}` };
  return { status: 'unknown', because, evidence: [record] };
}
