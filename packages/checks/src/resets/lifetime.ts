import { defineCheck } from '@launch-ready/core';

/** How long a reset link says it is good for. */
export const resetLifetime = defineCheck({
  id: 'resets/lifetime',
  title: 'Reset links end soon',
  failureTitle: 'Reset links live too long',
  criterion: 'The declared life of a reset link is 24 hours at most, or what the checklist asks for.',
  requirements: ['SC-AUTHN', 'CK-RESET'],
  severity: 'medium',
  how: 'Reads the end of a fresh reset from its signed token, from the answer, or from the text of its mail. That it really ends then is another check.',
  why: 'A link waits in the mailbox. The longer it lives, the more people may come across it.',
  needs: ['resetReplay'],
  options: { maxMinutes: 1440 },
  evaluate({ resetReplay }, { maxMinutes }) {
    const { id, lifetimeMinutes: minutes, lifetimeSource, notTested } = resetReplay;
    if (minutes === null) {
      const gap = notTested.find(({ absent }) => absent === true);
      if (gap !== undefined) return { status: 'not-applicable', because: gap.because, evidence: [id] };
      return {
        status: 'unknown',
        because: 'neither the answer, the token nor the mail says when a reset ends',
        evidence: [id],
      };
    }
    const said = `a reset declares to live for ${Number(minutes.toFixed(1))} minutes (${lifetimeSource ?? 'source not named'})`;
    // A little time passes between making the reset and reading its end.
    if (minutes <= maxMinutes + 1) return { status: 'pass', because: said, evidence: [id] };
    return {
      status: 'fail',
      because: said,
      findings: [
        {
          subject: { relation: 'lifetime', variant: 'too long' },
          message: `${said}; it should be ${maxMinutes} minutes at most`,
          actors: [],
          evidence: [id],
        },
      ],
    };
  },
  fix: {
    summary: 'Let reset links live for an hour or less, and refuse them afterwards.',
    steps: [
      'Store the end beside the token and compare it with the time of the database when it is used.',
      'Say the end in the mail, and offer to send a new link when an old one is opened.',
    ],
    today: 'Lower the lifetime in the configuration of the login library.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-613', 'CWE-640'], owaspApi: ['API2:2023'], asvs: ['6.4.1'] },
});
