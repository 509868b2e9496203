import { defineCheck } from '@launch-ready/core';
import { lostActors } from '../access/lost-actors.ts';
import { judgeTrials } from '../trials/judge-trials.ts';

/** A weak actor raising its own rights through profile or membership updates. */
export const selfPromotion = defineCheck({
  id: 'roles/self-promotion',
  title: 'Nobody can raise their own rights',
  failureTitle: 'An account can raise its own rights',
  criterion:
    'After every attempt of a weak account to give itself a stronger role, an operation that was denied to it before is still denied.',
  requirements: ['SC-AUTHZ', 'CK-ROLES'],
  severity: 'critical',
  how: 'Sends role and admin fields to the profile and membership operations of a throw-away account, and to operations that give a role to the account which their body names, naming the own one; then tries an operation that only a stronger role may use; what worked is put back.',
  why: 'One request turns any free account into an administrator of its organisation, or of all of them.',
  needs: ['roleMatrix', 'logins'],
  options: { provenShare: 0.5 },
  evaluate: ({ roleMatrix, logins }, { provenShare }) => {
    const lost = lostActors(logins, 'access/role-matrix');
    return judgeTrials({
      record: roleMatrix.id,
      trials: roleMatrix.promotions,
      state: ({ verdict, actor }) =>
        verdict === 'escalated' ? 'bad' : verdict === 'refused' && !lost.has(actor) ? 'good' : 'unclear',
      finding: (trial) => ({
        subject: { operation: trial.operation, relation: 'own account' },
        message: `${trial.actor} raised its own rights by ${trial.operation}: ${trial.because}`,
        actors: [trial.actor],
        reproduce: trial.reproduce,
      }),
      passed: (good) => `${good} attempts to raise one's own rights changed nothing`,
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'operation raises' : 'operations raise'} the rights of the one who calls`,
      untried: 'no operation by which an account could change its own profile or membership was tried',
      provenShare,
    });
  },
  fix: {
    summary:
      'Accept only the fields a person may change about themselves, and change roles in an operation of its own.',
    steps: [
      'Validate profile updates with a strict list of fields, and drop or refuse the rest.',
      'Let roles be changed by one operation that asks for the right to do so and refuses one’s own account.',
      'Write role changes to the audit log.',
    ],
    today: 'Remove role and admin fields from the named operation before it saves.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-269', 'CWE-915'], owaspApi: ['API3:2023', 'API5:2023'], asvs: ['8.2.1', '8.2.3'] },
});
