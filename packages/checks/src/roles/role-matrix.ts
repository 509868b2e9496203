import { defineCheck } from '@launch-ready/core';
import { lostActors } from '../access/lost-actors.ts';
import { judgeTrials } from '../trials/judge-trials.ts';

/** What was declared forbidden for a role, tried by that role. */
export const roleMatrix = defineCheck({
  id: 'roles/role-matrix',
  title: 'Every role is refused what the permission matrix forbids it',
  failureTitle: 'A role may do what the permission matrix forbids it',
  criterion:
    'Of the cells that the declared matrix forbids, none was observed to be allowed, and at least four in five were observed to be denied while a stronger role was allowed.',
  requirements: ['SC-AUTHZ', 'CK-ROLES', 'PL-ROLES'],
  severity: 'high',
  how: 'Calls every operation that can be called safely as each role inside one tenant, and compares what was seen to be allowed, by content or by effect, with what the matrix or the document declares.',
  why: 'A member who can do what only an admin should is an outage or a leak waiting for a disappointed colleague.',
  needs: ['roleMatrix', 'logins'],
  options: { provenShare: 0.8 },
  evaluate: ({ roleMatrix: evidence, logins }, { provenShare }) => {
    const lost = lostActors(logins, 'access/role-matrix');
    const forbidden = evidence.cells.filter(({ declared }) => declared === 'denied');
    if (evidence.declaredBy === null && evidence.signed !== null) {
      return {
        status: 'not-applicable',
        because: `no matrix is declared; what ${evidence.signed.signedBy} signed is compared by roles/permissions-lock`,
        evidence: [evidence.id],
      };
    }
    if (evidence.declaredBy === null) {
      return {
        status: 'unknown',
        because:
          'no permission matrix is declared: look at the observed one with `launch-ready permissions` and sign it, or give permissions in the target file or x-roles in the document',
        evidence: [evidence.id],
      };
    }
    return judgeTrials({
      record: evidence.id,
      trials: forbidden,
      state: ({ observed, actor }) =>
        observed === 'allowed' ? 'bad' : observed === 'denied' && !lost.has(actor) ? 'good' : 'unclear',
      finding: (cell) => ({
        subject: { operation: cell.operation, relation: `role ${cell.role}` },
        message: `the role ${cell.role} is allowed ${cell.operation}, which ${evidence.declaredBy ?? 'the matrix'} forbids it: ${cell.because}`,
        actors: [cell.actor],
        reproduce: cell.observed === 'allowed' ? (cell.reproduce ?? null) : null,
      }),
      passed: (good) => `${good} forbidden cells of the matrix were observed to be denied`,
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'cell of the matrix is' : 'cells of the matrix are'} open although forbidden`,
      untried: `${evidence.declaredBy} forbids nothing to any of the roles that were tried`,
      provenShare,
    });
  },
  fix: {
    summary: 'Enforce the matrix on the server, from one table that every route reads.',
    steps: [
      'Write the permission of each operation into one table, and let one helper decide by it.',
      'Refuse to register a route that names no permission.',
      'Test every role against every route, and print the matrix for review.',
    ],
    today: 'Add the missing role condition to the named operations.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-285', 'CWE-862'], owaspApi: ['API5:2023'], asvs: ['8.2.1', '8.3.1'] },
});
