import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSecrets, writeSecrets } from '../../common/accounts.ts';
import { databaseFolderOf, folderOf } from '../../common/folders.ts';
import { createForeground, untilAnswering } from '../../common/foreground.ts';
import { install, nodeOf, postgresPackage, postgresVersion } from '../../common/install.ts';
import { readOptions } from '../../common/options.ts';
import { startPostgres } from '../../common/postgres.ts';
import { claimPort } from '../../directus/src/port.ts';
import { makeAccounts } from './make-accounts.ts';
import { applicationId, classes } from './model.ts';

const folder = folderOf('parse-server');

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), { port: 1337, hasWeakened: true });
  install({
    title: 'Parse Server 9.10.0',
    folder,
    dependencies: { 'parse-server': '9.10.0', [postgresPackage]: postgresVersion },
    rebuild: [postgresPackage],
  });
  const port = await claimPort(options.port);
  const url = `http://127.0.0.1:${port}/parse`;
  const secrets = readSecrets(folder, ['PARSE_MASTER_KEY', 'PARSE_DATABASE_PASSWORD']);
  const file = writeSecrets(folder, { PARSE_URL: `http://127.0.0.1:${port}`, ...secrets });
  const foreground = createForeground(folder);
  const database = await startPostgres(foreground, {
    application: folder,
    folder: databaseFolderOf('parse-server'),
    port: await claimPort(0),
    password: secrets['PARSE_DATABASE_PASSWORD'] ?? '',
  });
  const settings = join(folder, 'settings.json');
  writeFileSync(
    settings,
    JSON.stringify({
      appId: applicationId,
      masterKey: secrets['PARSE_MASTER_KEY'],
      databaseURI: database,
      serverURL: url,
      host: '127.0.0.1',
      port,
      mountPath: '/parse',
      cloud: fileURLToPath(new URL('../cloud.cjs', import.meta.url)),
      allowClientClassCreation: false,
      enableAnonymousUsers: false,
      schema: { definitions: classes, lockSchemas: true, strict: false },
      logsFolder: join(folder, 'logs'),
    }),
    { mode: 0o600 },
  );
  foreground.start({
    name: 'parse-server',
    command: nodeOf(folder),
    args: [join(folder, 'node_modules', 'parse-server', 'bin', 'parse-server'), settings],
    cwd: folder,
    env: { NODE_ENV: 'production', ...(options.weakened ? { WEAKENED: '1' } : {}) },
  });
  await untilAnswering(`${url}/health`);
  await makeAccounts(url, secrets);
  console.log(`
ready: ${url} (${options.weakened ? 'weakened: everybody reads the notes of every tenant' : 'strict: tenants are isolated'})

review it from another shell:
  set -a; . '${file}'; set +a
  npx launch-ready review examples/parse-server/launch-ready.config.ts

Ctrl-C stops it`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
