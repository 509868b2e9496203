import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Whether a running process is a postgres server; process ids are used again after a restart of the machine. */
const isPostgres = async (pid: number): Promise<boolean> => {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes('postgres');
  } catch {
    return process.platform !== 'linux';
  }
};

/**
 * Removes the lock file that a crashed server left behind.
 *
 * @throws EmbeddedPostgresError when another server still uses the folder.
 */
export const removeStalePid = async (data: string): Promise<void> => {
  const file = join(data, 'postmaster.pid');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return;
  }
  const pid = Number(text.split('\n')[0]);
  if (Number.isInteger(pid) && pid > 0 && isRunning(pid) && (await isPostgres(pid))) {
    throw new EmbeddedPostgresError(
      `another server (process ${pid}) uses ${data}; stop it or choose another folder`,
    );
  }
  await rm(file, { force: true });
};
