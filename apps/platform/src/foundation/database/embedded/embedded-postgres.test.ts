import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, expect, it } from 'vitest';
import { startEmbeddedPostgres } from './start-embedded-postgres.ts';

const folders: string[] = [];
const freshFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'lr-test-'));
  folders.push(folder);
  // As root the server runs as another account, which must get through.
  await chmod(folder, 0o755);
  return folder;
};

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const query = async (url: string, sql: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

it('listens on a private socket only, and as no superuser of the machine', async () => {
  const server = await startEmbeddedPostgres();
  try {
    expect(await query(server.url(), 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    const folder = await stat(server.folder);
    expect(folder.mode & 0o777).toBe(0o700);
    expect(folder.uid).not.toBe(0);
    await expect(query(server.url().replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/);
  } finally {
    await server.stop();
  }
  await expect(stat(server.folder)).rejects.toThrow(/ENOENT/);
}, 60_000);

it('makes many databases out of one', async () => {
  const server = await startEmbeddedPostgres();
  try {
    const first = await server.createDatabase('first');
    await query(first, 'create table things as select 1 as n');
    const copies = await Promise.all(
      ['a', 'b', 'c'].map((name) => server.createDatabase(name, { template: 'first' })),
    );
    for (const copy of copies) expect(await query(copy, 'select n from things')).toEqual([{ n: 1 }]);
    await server.dropDatabase('a');
    await expect(query(copies[0] ?? '', 'select 1')).rejects.toThrow(/does not exist/);
  } finally {
    await server.stop();
  }
}, 60_000);

it('keeps its data, recovers after a crash, and refuses a folder that is in use', async () => {
  const folder = join(await freshFolder(), 'postgres');
  const first = await startEmbeddedPostgres({ folder });
  await query(first.url(), 'create table kept as select 42 as n');
  await expect(startEmbeddedPostgres({ folder })).rejects.toThrow(/another server .* uses/);
  const pidFile = join(folder, 'data', 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  await first.stop();
  expect((await stat(pidFile)).isFile()).toBe(true);
  const second = await startEmbeddedPostgres({ folder });
  expect(await query(second.url(), 'select n from kept')).toEqual([{ n: 42 }]);
  await second.stop();
  // A lock whose process id was given to some other program since.
  await writeFile(pidFile, `${process.pid}\n`);
  const third = await startEmbeddedPostgres({ folder });
  await third.stop();
}, 60_000);

it.runIf(process.getuid?.() === 0)(
  'says in words that it cannot get to its folder',
  async () => {
    const folder = await freshFolder();
    await chmod(folder, 0o700);
    await expect(startEmbeddedPostgres({ folder: join(folder, 'postgres') })).rejects.toThrow(
      /cannot enter .*choose another/,
    );
  },
  60_000,
);

it('goes, with its temporary folder, when the process that started it is killed', async () => {
  const module = new URL('start-embedded-postgres.ts', import.meta.url).href;
  const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
    const server = await startEmbeddedPostgres(); console.log(server.folder); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const folder = await new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  expect((await stat(folder)).isDirectory()).toBe(true);
  child.kill('SIGKILL');
  await expect
    .poll(
      () =>
        stat(folder).then(
          () => 'there',
          () => 'gone',
        ),
      { timeout: 20_000 },
    )
    .toBe('gone');
}, 60_000);
