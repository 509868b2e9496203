import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** Password hashes and other people's credentials in answers. */
export const excessiveExposure = defineCheck({
  id: 'mass-assignment/excessive-exposure',
  title: 'Answers hold no password hashes and no credentials of others',
  failureTitle: 'An answer holds a password hash or a credential of somebody else',
  criterion:
    'No answer that accounts received in the ordinary way held a password hash, or a password, reset token or second factor secret of another account.',
  requirements: ['SC-AUTHZ', 'CK-TENANT'],
  severity: 'high',
  how: 'Searches the answers to all ordinary reads of the review for the shapes of password hashes (bcrypt, argon2, scrypt, PBKDF2, crypt) and, inside objects that are accounts, for filled credential fields; asks once more before it counts. No value is kept.',
  why: 'A hash can be cracked and a reset token used at once: who sees one owns the account.',
  needs: ['massAssignment', 'logins'],
  options: {},
  evaluate: ({ massAssignment }) => {
    const { exposures, answersRead, id } = massAssignment;
    const judged = judgeTrials({
      record: id,
      trials: exposures,
      state: ({ verdict }) => (verdict === 'exposed' ? 'bad' : 'unclear'),
      finding: (one) => ({
        subject: { operation: one.operation, variant: one.field },
        message: `${one.operation} answers with ${one.kind === 'password-hash' ? 'a password hash' : 'a credential'} in ${one.field}: ${one.because}`,
        actors: [one.actor],
        severity: one.own ? 'medium' : 'high',
        reproduce: one.reproduce,
      }),
      passed: () => '',
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'field holds' : 'fields hold'} secrets of accounts`,
      untried: 'no answer was searched',
      provenShare: 0,
    });
    if (exposures.length > 0) return judged;
    if (answersRead === 0) return { status: 'unknown', because: 'no answer was searched', evidence: [id] };
    return {
      status: 'pass',
      because: `${answersRead} answers were searched, and none held a password hash or a credential of others`,
      evidence: [id],
    };
  },
  fix: {
    summary: 'Answer with a list of named fields instead of whole records.',
    steps: [
      'Select the columns that an answer needs, or map records to answer types of their own.',
      'Keep hashes and tokens in a table that no route reads for its answer.',
      'Test that no answer holds the shape of a hash.',
    ],
    today: 'Remove the named field from the answer, and expire the credentials that were shown.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-200', 'CWE-213'], owaspApi: ['API3:2023'], asvs: ['8.2.3', '15.3.1'] },
});
