import { Client } from 'pg';
import { sessionSecretIn } from '../http/session-cookie.ts';
import { hashSecret } from './hash-secret.ts';

/**
 * Makes a session's time run out now, as if its days had passed; for tests of expiry by whoever owns the database.
 *
 * @param cookieHeader - value of the Cookie header that carries the session
 * @param databaseUrl - as in `Platform.databaseUrl`
 * @returns whether there was such a session
 */
export const expireSession = async (cookieHeader: string, databaseUrl: string): Promise<boolean> => {
  const secret = sessionSecretIn(cookieHeader);
  if (secret === null) return false;
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      "update identity.sessions set expires_at = now() - interval '1 second' where token = $1",
      [hashSecret(secret)],
    );
    return rowCount === 1;
  } finally {
    await client.end();
  }
};
