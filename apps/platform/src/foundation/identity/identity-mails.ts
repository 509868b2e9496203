import type { Mail } from '../mail/mailer.ts';

/** Mails of accounts. Secrets stand in the fragment of a link: browsers do not send it, so it is in no server's log. */
export const verificationMail = (origin: string, to: string, secret: string): Mail => ({
  to,
  subject: 'Confirm your address',
  text: `Confirm that this address is yours:\n\n${origin}/verify-email#token=${secret}\n\nThe link works once, within 60 minutes. If you did not ask for an account, ignore this mail.\n`,
});

export const existingAccountMail = (origin: string, to: string): Mail => ({
  to,
  subject: 'You already have an account',
  text: `Somebody, probably you, tried to sign up with this address, which already has an account.\n\nForgot your password? ${origin}/forgot-password\n\nIf it was not you, nothing has to be done.\n`,
});

export const resetMail = (origin: string, to: string, secret: string): Mail => ({
  to,
  subject: 'Choose a new password',
  text: `Choose a new password:\n\n${origin}/reset-password#token=${secret}\n\nThe link works once, within 30 minutes. If you did not ask for it, ignore this mail: your password stays as it is.\n`,
});

export const passwordChangedMail = (origin: string, to: string): Mail => ({
  to,
  subject: 'Your password was changed',
  text: `Your password was just changed and all other sessions were ended.\n\nWas it not you? Choose a new one now: ${origin}/forgot-password\n`,
});
