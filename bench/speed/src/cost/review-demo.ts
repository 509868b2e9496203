import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = join(dirname(fileURLToPath(import.meta.resolve('launch-ready'))), '../bin/launch-ready.js');

/**
 * Reviews the demo of the platform by the command; everything of the run lies in the folder.
 * @throws {Error} when the demo does not end as it should
 */
export async function reviewDemo(folder: string): Promise<void> {
  const child = spawn(process.execPath, [bin, 'demo', '--quiet', '--format', 'json', '--out', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the demo ended with ${String(code)}`);
}
