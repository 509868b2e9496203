import { readFile } from 'node:fs/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** The account that the server runs as; null stands for our own. */
export type ServiceUser = { readonly uid: number; readonly gid: number; readonly name: string } | null;

/**
 * PostgreSQL refuses to run as root, so as root an unprivileged account of the machine is used: `postgres` where it
 * exists, otherwise `nobody`.
 *
 * @throws EmbeddedPostgresError when running as root on a machine with neither.
 */
export const findServiceUser = async (): Promise<ServiceUser> => {
  if (process.getuid?.() !== 0) return null;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const found = lines.find(([name]) => name === wanted);
    const uid = Number(found?.[2]);
    const gid = Number(found?.[3]);
    if (Number.isInteger(uid) && Number.isInteger(gid) && uid > 0) return { uid, gid, name: wanted };
  }
  throw new EmbeddedPostgresError(
    'running as root and no account postgres or nobody exists; start as another user',
  );
};
