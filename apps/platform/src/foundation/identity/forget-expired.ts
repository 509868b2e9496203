import type { Pool } from 'pg';

/** Days that a session or a one-time value stays in its table after its time was up. */
const keptDays = 7;

/** Removes sessions, one-time values and rate buckets that have no effect any more. */
export const forgetExpired = async (authPool: Pool, appPool: Pool): Promise<void> => {
  for (const table of ['sessions', 'verifications']) {
    await authPool.query(`delete from ${table} where expires_at < now() - interval '${keptDays} days'`);
  }
  // The longest limit counts over a day: an older bucket is full again.
  await appPool.query("delete from ops.rate_buckets where updated_at < now() - interval '2 days'");
};
