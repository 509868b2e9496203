/** How a name speaks of its value: `always` a secret, `maybe` one (a `code` is a login code or an error code), or `never`. */
export type NameSecrecy = 'always' | 'maybe' | 'never';

const secretWord =
  /(?:password|passwd|passphrase|passcode|secret|token|apikey|accesskey|secretkey|privatekey|signingkey|encryptionkey|subscriptionkey|functionskey|credential|authorization|otp|totp|pincode|recoverycode|backupcode|verificationcode|confirmationcode|resetcode|invitecode|invitationcode|authcode|authorizationcode|onetimecode|mfacode|sessionid|sessionkey|jwt|cookie|assertion|signature|codeverifier)(?:s|hash|confirmation|confirm|confirmed|repeat|again|new|old|current|value|raw|\d{1,2})?$/;
const secretNames: ReadonlySet<string> = new Set([
  'pwd',
  'pass',
  'pw',
  'pin',
  'sid',
  'sig',
  'auth',
  'bearer',
  'jsessionid',
  'phpsessid',
  'connectsid',
  'samlresponse',
]);
/** Names that end like a secret and are none: cursors of lists. */
const cursors = /(?:page|continuation|next|sync|cancellation|previous|prev)token$/;

/** Judges a name of a JSON member, a parameter, a form field or a header, in any style: `api_key`, `user[newPassword]`. */
export function nameSecrecy(name: string): NameSecrecy {
  if (name === '' || name.length > 128) return 'never';
  const plain = name
    .toLowerCase()
    .replace(/%5[bd]/g, '')
    .replace(/[^a-z0-9]/g, '');
  if (plain === 'code') return 'maybe';
  if (cursors.test(plain)) return 'never';
  return secretNames.has(plain) || secretWord.test(plain) ? 'always' : 'never';
}

/** Names whose value may be a number and still be a secret: a one-time code, a PIN. Counts of tokens are not. */
export const numberMayBeSecret = (name: string): boolean => /otp|pin|code|pass|pwd|secret/i.test(name);

/**
 * Whether the value of a `code` reads as an error code rather than a login code: words, or at most three digits.
 */
export const looksLikeErrorCode = (value: string): boolean =>
  /^\d{1,3}$/.test(value) ||
  (value.length <= 64 &&
    (/^(?:[A-Z]+|[a-z]+)(?:[_.:/ -](?:[A-Z]+|[a-z]+)){0,9}$/.test(value) ||
      /^(?:[A-Z]{1,2}|[A-Z]{2,6}[_-])\d{1,6}$/.test(value) ||
      /^[A-Z]?[a-z]{2,}(?:[A-Z][a-z]{2,}){0,6}$/.test(value)));
