/**
 * The prefix makes browsers refuse the cookie from anywhere but this host over a secure connection, so no other
 * host of the domain can plant one.
 */
export const sessionCookieName = '__Host-lr';

const attributes = 'Path=/; HttpOnly; Secure; SameSite=Lax';

/** The Set-Cookie line of a new session. */
export const sessionCookie = (secret: string, expiresAt: Date, now: Date): string => {
  const seconds = Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / 1000));
  return `${sessionCookieName}=${secret}; ${attributes}; Max-Age=${seconds}`;
};

/** The Set-Cookie line that removes it. */
export const endedSessionCookie = `${sessionCookieName}=; ${attributes}; Max-Age=0`;

/** The session's secret in a Cookie header, or null. Two cookies of that name are none: one of them may be planted. */
export const sessionSecretIn = (cookieHeader: string | undefined): string | null => {
  if (cookieHeader === undefined) return null;
  const values = cookieHeader
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${sessionCookieName}=`))
    .map((part) => part.slice(sessionCookieName.length + 1));
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 && /^[A-Za-z0-9_-]{43}$/.test(only) ? only : null;
};
