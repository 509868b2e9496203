import { randomBytes } from 'node:crypto';
import { chmod, chown, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { type Binaries, binariesBelow, findBinaries } from './find-binaries.ts';
import { runProgram } from './run-program.ts';
import { type ServiceUser, findServiceUser } from './service-user.ts';

/** A data folder ready to be started, and who may open it. */
export interface Cluster {
  readonly folder: string;
  readonly data: string;
  readonly password: string;
  readonly user: ServiceUser;
  readonly binaries: Binaries;
}

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
};

/**
 * Makes the private folder and, when it is empty, the database cluster in it. The superuser's password is random and kept
 * beside the data, readable by the server's account only.
 *
 * @throws EmbeddedPostgresError with the server's own last line when initialising fails.
 */
export const prepareCluster = async (folder: string): Promise<Cluster> => {
  const user = await findServiceUser();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  if (user !== null) {
    await chown(folder, user.uid, user.gid);
    await refuseHiddenFolder(folder, user);
  }
  const binaries = await reachable(await findBinaries(), folder, user);

  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  if (await exists(join(data, 'PG_VERSION'))) {
    return { folder, data, password: (await readFile(passwordFile, 'utf8')).trim(), user, binaries };
  }
  await rm(data, { recursive: true, force: true });
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user !== null) await chown(passwordFile, user.uid, user.gid);
  const made = await runProgram(
    binaries.initdb,
    [
      `--pgdata=${data}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
      '--no-instructions',
      '--set=password_encryption=scram-sha-256',
    ],
    user,
  );
  if (made.code !== 0) throw new EmbeddedPostgresError(`initdb failed: ${lastLine(made.output)}`);
  return { folder, data, password, user, binaries };
};

/** The last line of a program's output that says something. */
export const lastLine = (output: string): string => output.trim().split('\n').at(-1)?.trim() ?? 'no message';

/** The account that runs the server must be able to get to its folder: every folder above it must let others through. */
const refuseHiddenFolder = async (folder: string, user: NonNullable<ServiceUser>): Promise<void> => {
  for (let above = dirname(resolve(folder)); ; above = dirname(above)) {
    const { mode, uid } = await stat(above);
    if ((mode & 0o001) === 0 && uid !== user.uid) {
      throw new EmbeddedPostgresError(
        `the account ${user.name}, which runs the database when you are root, cannot enter ${above}; choose another folder for the data`,
      );
    }
    if (above === dirname(above)) return;
  }
};

/** Another account may be unable to enter the folder of the packages (a checkout in root's home): then a copy is used. */
const reachable = async (binaries: Binaries, folder: string, user: ServiceUser): Promise<Binaries> => {
  if (user === null) return binaries;
  const tried = await runProgram(binaries.postgres, ['--version'], user);
  if (tried.code === 0) return binaries;
  const copy = join(folder, 'native');
  if (!(await exists(join(copy, 'bin', 'postgres')))) {
    await cp(binaries.root, copy, { recursive: true, verbatimSymlinks: true });
    await chmod(copy, 0o755);
  }
  const again = await runProgram(binariesBelow(copy).postgres, ['--version'], user);
  if (again.code !== 0) {
    throw new EmbeddedPostgresError(
      `the embedded postgres does not run as ${user.name}: ${lastLine(again.output)}`,
    );
  }
  return binariesBelow(copy);
};
