import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accounts, readSecrets, writeSecrets } from '../../common/accounts.ts';
import { folderOf } from '../../common/folders.ts';
import { createForeground, untilAnswering } from '../../common/foreground.ts';
import { install, nodeOf } from '../../common/install.ts';
import { readOptions } from '../../common/options.ts';
import { claimPort } from '../../directus/src/port.ts';

const folder = folderOf('serverest');

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), { port: 3400, hasWeakened: false });
  install({ title: 'ServeRest 3.2.0', folder, dependencies: { serverest: '3.2.0' }, rebuild: [] });
  const port = await claimPort(options.port);
  restoreData();
  const url = `http://127.0.0.1:${port}`;
  const secrets = readSecrets(folder);
  const file = writeSecrets(folder, { SERVEREST_URL: url, ...secrets });
  const foreground = createForeground(folder);
  foreground.start({
    name: 'serverest',
    command: nodeOf(folder),
    // Its own command listens on every address and looks for news on the internet.
    args: [fileURLToPath(new URL('./listen.cjs', import.meta.url)), folder, String(port)],
    cwd: folder,
  });
  await untilAnswering(url);
  for (const { email, variable } of accounts) {
    const response = await fetch(`${url}/usuarios`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        nome: email.split('@')[0],
        email,
        password: secrets[variable],
        // There are no tenants, so one of the administrators will do.
        administrador: String(email.startsWith('ada@')),
      }),
    });
    if (!response.ok) throw new Error(`${email} could not be registered: ${await response.text()}`);
  }
  console.log(`
ready: ${url}

review it from another shell:
  set -a; . '${file}'; set +a
  npx launch-ready review examples/serverest/launch-ready.config.ts

Ctrl-C stops it`);
}

/** It keeps its data in files beside its source; every start begins with those it was shipped with. */
function restoreData(): void {
  const data = join(folder, 'node_modules', 'serverest', 'src', 'data');
  const shipped = join(folder, 'shipped-data');
  if (!existsSync(shipped)) return cpSync(data, shipped, { recursive: true });
  rmSync(data, { recursive: true });
  cpSync(shipped, data, { recursive: true });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
