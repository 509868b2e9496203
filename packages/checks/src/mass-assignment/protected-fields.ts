import { defineCheck, type Gathered, type Severity } from '@launch-ready/core';
import { lostActors } from '../access/lost-actors.ts';
import { judgeTrials } from '../trials/judge-trials.ts';

type Trial = Gathered<'massAssignment'>['trials'][number];

/** Fields that callers should not set, put into permitted writes. */
export const protectedFields = defineCheck({
  id: 'mass-assignment/protected-fields',
  title: 'Permitted writes set only the fields they are meant to',
  failureTitle: 'A permitted write also sets a field that is not the caller’s to set',
  criterion:
    'Of the protected fields that answers show and requests are not described to take, none held a value of ours when the object was read again, and at least four in five were tried to an end.',
  requirements: ['SC-AUTHZ', 'CK-TENANT', 'CK-ROLES'],
  severity: 'medium',
  how: 'Adds fields that answers show and the API description does not let callers set (owner, tenant, status, price, plan, dates), and the usual names of those that no answer shows, to creating and changing requests on objects made for the run, with two different values on two objects, and reads the objects again as their owner and as an admin who is shown more, also after refusals. What a write answers does not count; fields that the description says are writable are left alone.',
  why: 'Code that saves whatever a request holds lets people approve their own work, set their own price, or act in the name of others.',
  needs: ['massAssignment', 'logins'],
  options: { provenShare: 0.8 },
  evaluate: ({ massAssignment, logins }, { provenShare }) => {
    const lost = lostActors(logins, 'mass-assignment/mass-assignment');
    // A column that nothing shows may have taken what was sent: that it did not is seen by nobody.
    const unseen = massAssignment.trials.filter(({ unseen: isUnseen }) => isUnseen === true);
    const outcome = judgeTrials({
      record: massAssignment.id,
      trials: massAssignment.trials.filter((trial) => !unseen.includes(trial)),
      state: ({ verdict, actor }) =>
        verdict === 'taken'
          ? 'bad'
          : (verdict === 'ignored' || verdict === 'refused') && !lost.has(actor)
            ? 'good'
            : 'unclear',
      finding: (trial) => ({
        subject: { operation: trial.operation, variant: trial.field, relation: 'own object' },
        message: `${trial.operation} sets ${trial.field}, which it is not described to take: ${trial.because}${trial.effect === null ? '' : `; ${trial.effect}`}`,
        actors: [trial.actor],
        severity: severityOf(trial),
        reproduce: trial.reproduce,
      }),
      passed: (good) =>
        `${good} protected fields kept what the application had given them${unseen.length === 0 ? '' : `; of usual names that nothing shows, in ${new Set(unseen.map(({ operation }) => operation)).size} operations, nobody can see what became`}`,
      failed: (findings) =>
        `${findings} protected ${findings === 1 ? 'field takes' : 'fields take'} what the caller sends`,
      untried: 'no object shows a protected field that its requests are not described to take',
      provenShare,
    });
    const asked = massAssignment.trials.filter(({ verdict }) => verdict === 'asked');
    const [first] = asked;
    if (outcome.status !== 'pass' || first === undefined) return outcome;
    const places = asked.map(({ operation, field }) => `${field} in ${operation}`).join(', ');
    return {
      status: 'unknown',
      because: `are callers meant to set ${places}? ${first.because}; describe it in the API document when they are`,
      evidence: [massAssignment.id, ...first.exchanges.slice(0, 20)],
    };
  },
  fix: {
    summary: 'Copy only named fields from a request, and set all others on the server.',
    steps: [
      'Validate each body with a strict schema that lists what callers may set, and drop or refuse the rest.',
      'Set owner, tenant, state, price and dates from the session and from business rules.',
      'Test each write with every column of its table in the body.',
    ],
    today: 'Remove the named fields from the body before it is saved.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-915'], owaspApi: ['API3:2023'], asvs: ['8.2.3', '15.3.3'] },
});

function severityOf({ kind, effect }: Trial): Severity {
  if (kind === 'tenant') return effect === null ? 'high' : 'critical';
  if (kind === 'right') return effect === null ? 'high' : 'critical';
  if (kind === 'owner') return 'high';
  return kind === 'time' || kind === 'read-only' ? 'low' : 'medium';
}
