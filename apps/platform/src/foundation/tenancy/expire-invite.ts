import { Client } from 'pg';
import { hashSecret } from '../identity/hash-secret.ts';

/**
 * Makes the time of an invite run out now; for tests of expiry by whoever owns the database.
 *
 * @param secret - the token in the mailed link
 * @param databaseUrl - as in `Platform.databaseUrl`
 * @returns whether there was such an invite
 */
export const expireInvite = async (secret: string, databaseUrl: string): Promise<boolean> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      "update app.invites set expires_at = now() - interval '1 second' where token_hash = $1",
      [hashSecret(secret)],
    );
    return rowCount === 1;
  } finally {
    await client.end();
  }
};
