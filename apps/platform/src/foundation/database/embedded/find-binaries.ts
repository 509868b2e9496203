import { access, constants, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** Where the server's programs and libraries lie. */
export interface Binaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));
const errorCode = z.object({ code: z.string() });

/** Paths of the programs below a native folder. */
export const binariesBelow = (root: string): Binaries => ({
  root,
  initdb: join(root, 'bin', 'initdb'),
  postgres: join(root, 'bin', 'postgres'),
});

/**
 * Finds the server binaries of this platform among the installed packages and completes the library links that
 * the package normally makes in an install script, which many installations switch off.
 *
 * @throws EmbeddedPostgresError when there is no package for this platform.
 */
export const findBinaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packageFolder = folderOf(name);
  const root = join(packageFolder, 'native');
  const binaries = binariesBelow(root);
  try {
    await access(binaries.postgres, constants.X_OK);
  } catch {
    throw new EmbeddedPostgresError(
      `${name} holds no runnable postgres; install it again or set DATABASE_URL`,
    );
  }
  await completeLinks(packageFolder);
  return binaries;
};

const folderOf = (name: string): string => {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new EmbeddedPostgresError(
      `no embedded PostgreSQL for ${process.platform}-${process.arch} is installed (${name}); set DATABASE_URL to a PostgreSQL 15 or newer`,
    );
  }
};

const completeLinks = async (packageFolder: string): Promise<void> => {
  let text: string;
  try {
    text = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8');
  } catch {
    return;
  }
  for (const { source, target } of symlinkList.parse(JSON.parse(text))) {
    const link = join(packageFolder, target);
    try {
      await symlink(relative(dirname(link), join(packageFolder, source)), link);
    } catch (error) {
      const code = errorCode.safeParse(error);
      if (code.success && code.data.code === 'EEXIST') continue;
      throw new EmbeddedPostgresError(
        `cannot complete the library links in ${packageFolder}; make it writable once`,
      );
    }
  }
};
