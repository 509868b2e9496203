import type { Mail } from '../mail/mailer.ts';

/** The invitation. Its secret stands in the fragment of the link: browsers do not send it, so it is in no server's log. */
export const inviteMail = (
  origin: string,
  invite: {
    readonly to: string;
    readonly organisation: string;
    readonly role: string;
    readonly hours: number;
    readonly secret: string;
  },
): Mail => ({
  to: invite.to,
  subject: `You are invited to ${invite.organisation}`,
  text:
    `You are invited to join ${invite.organisation} as ${invite.role}.\n\n` +
    `${origin}/invites/accept#token=${invite.secret}\n\n` +
    `Sign in with this address and accept. The invitation works once, within ${invite.hours} hours.\n`,
});
