import { defineCheck } from '@launch-ready/core';

/** How long an invite says it is good for. */
export const lifetime = defineCheck({
  id: 'invites/lifetime',
  title: 'Invites expire in good time',
  failureTitle: 'Invites live too long or too short',
  criterion: 'The declared life of an invite is between 24 and 72 hours.',
  requirements: ['SC-INVITE', 'CK-INVITE'],
  severity: 'medium',
  how: 'Reads the declared end of a fresh invite from the answer that made it or from its mail. That it really ends then is not waited for.',
  why: 'A link that lives for weeks waits in mailboxes for whoever finds it; one that lives for an hour is dead before people read it.',
  needs: ['inviteReplay'],
  options: { minHours: 24, maxHours: 72 },
  evaluate({ inviteReplay }, { minHours, maxHours }) {
    const { id, lifetimeHours: hours, lifetimeSource } = inviteReplay;
    if (hours === null) {
      return {
        status: 'unknown',
        because:
          inviteReplay.notTested[0]?.because ?? 'neither the answer nor the mail says when the invite ends',
        evidence: [id],
      };
    }
    const said = `an invite declares to live for ${Number(hours.toFixed(1))} hours (${lifetimeSource ?? 'source not named'})`;
    // A few minutes pass between making the invite and reading its end.
    const slack = 0.1;
    if (hours >= minHours - slack && hours <= maxHours + slack)
      return { status: 'pass', because: said, evidence: [id] };
    const tooLong = hours > maxHours;
    return {
      status: 'fail',
      because: said,
      findings: [
        {
          subject: { relation: 'lifetime', variant: tooLong ? 'too long' : 'too short' },
          message: `${said}; it should be between ${minHours} and ${maxHours}`,
          actors: [],
          evidence: [id],
          severity: tooLong ? 'medium' : 'low',
        },
      ],
    };
  },
  fix: {
    summary: 'Give every invite an end between 24 and 72 hours after it was made, and refuse it afterwards.',
    steps: [
      'Set the end when the invite is stored and compare it with the time of the database on acceptance.',
      'Offer to send a new invite when an old one is opened.',
    ],
    today: 'Delete invites older than 72 hours by a scheduled statement.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-613'], owaspApi: ['API2:2023'], asvs: ['6.4.1'] },
});
