import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const run = (args: readonly string[], env: Readonly<Record<string, string>>) => {
  const child: ChildProcess = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  const origin = new Promise<string>((resolve) => {
    child.stderr?.on('data', () => {
      const [found] = /^http:\/\/\S+$/m.exec(err) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return { child, ended, origin };
};

it('serves until it is told to stop, and stops cleanly', async () => {
  const { child, ended, origin } = run(['serve'], {});
  const url = await Promise.race([origin, ended.then(({ err }) => Promise.reject(new Error(err)))]);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  child.kill('SIGTERM');
  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(out).toContain('"event":"stopped"');
});

it.each([
  ['an unsafe configuration', { NODE_ENV: 'production' }, /^error: ORIGIN: production needs/m],
  ['a port that is no port', { PORT: 'http' }, /^error: PORT/m],
  ['a limit that is no number', { LIMIT_LOGIN_PER_MINUTE: 'few' }, /^error: LIMIT_LOGIN_PER_MINUTE/m],
  ['a database that is not there', { DATABASE_URL: 'postgresql://127.0.0.1:9/x' }, /^error: .*DATABASE_URL/m],
] as const)('says in one line what is wrong with %s', async (_name, env, line) => {
  const { code, err } = await run(['serve'], env).ended;
  expect(code).toBe(78);
  expect(err).toMatch(line);
  expect(err).not.toMatch(/^\s+at /m);
});

it('prints the matrix and explains itself', async () => {
  expect((await run(['matrix', '--md'], {}).ended).out).toContain(
    '| `GET /api/orgs/{org}/feed` | feed.read |',
  );
  expect((await run(['nonsense'], {}).ended).code).toBe(64);
});
