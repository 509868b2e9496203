import { mkdirSync, rmSync } from 'node:fs';
import { startApplication } from './application.ts';
import { operator, readSecrets, writeSecrets } from './accounts.ts';
import { configure } from './configure.ts';
import { startDatabase } from './database.ts';
import { install } from './install.ts';
import { operatorOf } from './operator.ts';
import { readOptions, usage, type Options } from './options.ts';
import { claimPort } from './port.ts';
import { placesOf, type Places } from './places.ts';
import { end, forgetRunning, isOurs, readRunning, writeRunning, type Running } from './running.ts';

const say = (line: string): void => console.log(line);

async function main(options: Options): Promise<void> {
  const places = placesOf(options.mode);
  const earlier = readRunning(places.running);
  if (options.action === 'help') return say(usage);
  if (options.action === 'stop') return stop(places, earlier);
  if (earlier !== null && isOurs(earlier.start, 'main.ts'))
    throw new Error(`already running as process ${earlier.start}; stop it with --stop`);
  if (earlier !== null) await endServers(earlier);
  await run(options, places);
}

async function stop(places: Places, earlier: Running | null): Promise<void> {
  if (earlier === null) return say('not running');
  await end(earlier.start, 'main.ts', 'SIGTERM');
  await endServers(earlier);
  forgetRunning(places.running);
  say('stopped');
}

async function endServers(running: Running): Promise<void> {
  await end(running.application, 'directus', 'SIGTERM');
  await end(running.database, 'postgres', 'SIGINT');
}

async function run(options: Options, places: Places): Promise<void> {
  let running: Running = { start: process.pid, application: null, database: null };
  let stopping = false;
  const finish = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await endServers(running);
    forgetRunning(places.running);
    process.exit(code);
  };
  const note = (more: Partial<Running>): void => {
    running = { ...running, ...more };
    writeRunning(places.running, running);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void finish(0));

  try {
    install(say);
    if (options.fresh)
      for (const folder of [places.folder, places.database]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(places.folder, { recursive: true, mode: 0o700 });
    note({});
    const port = await claimPort(options.port);
    const url = `http://127.0.0.1:${port}`;
    const secrets = readSecrets(places);
    writeSecrets(places, secrets, url);
    say('starting PostgreSQL and Directus');
    const database = await startDatabase(places, (pid) => note({ database: pid }));
    const application = await startApplication({ places, database, secrets, url, port }, (pid) =>
      note({ application: pid }),
    );
    await configure(operatorOf(url, secrets[operator.token] ?? ''), options.mode, secrets);
    const lost = (name: string) => (): void => {
      if (!stopping) console.error(`${name} ended by itself; see ${places.folder}`);
      void finish(1);
    };
    database.process.on('exit', lost('postgres'));
    application.on('exit', lost('directus'));
    say(`
ready: ${url} (${options.mode === 'strict' ? 'strict: tenants are isolated' : 'weakened: members read the notes of every tenant'})

review it from another shell:
  set -a; . '${places.accounts}'; set +a
  npx launch-ready review examples/directus/launch-ready.config.ts

Ctrl-C stops it`);
  } catch (error) {
    if (!stopping) console.error(error instanceof Error ? error.message : String(error));
    await finish(1);
  }
}

try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 64;
}
