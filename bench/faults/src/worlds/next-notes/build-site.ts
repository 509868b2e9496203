import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('site', import.meta.url));
const builds = fileURLToPath(new URL('../../../dist', import.meta.url));

/** The command line of Next.js. */
export const nextCommand = createRequire(import.meta.url).resolve('next/dist/bin/next');
export const quiet = { NEXT_TELEMETRY_DISABLED: '1' } as const;

let built: Promise<string> | undefined;

/** Folder of the site as Next.js built it. A build is kept until the sources change: it takes half a minute. */
export const buildSite = (): Promise<string> => (built ??= build());

async function build(): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(nextCommand));
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' }).toSorted())
    if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(source, name)));
  const folder = join(builds, `next-notes-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const work = join(builds, `next-notes-${randomUUID()}`);
  cpSync(source, work, { recursive: true });
  writeFileSync(join(work, 'package.json'), JSON.stringify({ name: 'notes', private: true, type: 'module' }));
  writeFileSync(
    join(work, 'next.config.mjs'),
    'export default { typescript: { ignoreBuildErrors: true }, poweredByHeader: false };\n',
  );
  await run(work);
  try {
    renameSync(work, folder);
  } catch (error) {
    // Another run of the bench was faster.
    if (!existsSync(folder)) throw error;
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function run(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [nextCommand, 'build'], {
      cwd: folder,
      env: { ...process.env, ...quiet },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece: Buffer) => {
        said += piece.toString();
      });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`next build ended with ${String(code)}: ${said.trim().slice(-400)}`));
    });
  });
}
