import { createHash } from 'node:crypto';
import { Client } from 'pg';

/**
 * Makes the time of a mailed link for a new password run out now; for tests of expiry by whoever owns the database.
 *
 * @param secret - the token in the link
 * @param databaseUrl - as in `Platform.databaseUrl`
 * @returns whether there was such a link
 */
export const expireReset = async (secret: string, databaseUrl: string): Promise<boolean> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // The login library keeps the hash of purpose and secret alone.
    const identifier = createHash('sha256').update(`reset-password:${secret}`).digest('base64url');
    const { rowCount } = await client.query(
      "update identity.verifications set expires_at = now() - interval '1 second' where identifier = $1",
      [identifier],
    );
    return rowCount === 1;
  } finally {
    await client.end();
  }
};
