/** The shared secret as base32 letters, from what an authenticator shows; null when it is none. */
export function totpSecret(given: string): string | null {
  const text = given.trim();
  const secret = /^otpauth:/i.test(text)
    ? URL.canParse(text) && new URL(text).host === 'totp'
      ? (new URL(text).searchParams.get('secret') ?? '')
      : ''
    : text;
  const letters = secret.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase();
  return /^[A-Z2-7]{16,}$/.test(letters) ? letters : null;
}
