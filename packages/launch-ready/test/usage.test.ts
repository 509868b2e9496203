import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { run, start, type Ended } from './command.ts';

let cwd: string;
const before = process.cwd();
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'launch-ready-usage-'));
  process.chdir(cwd);
  writeFileSync('launch-ready.config.json', '{"name":"Nobody","origins":{"app":"http://127.0.0.1:9"}}');
});
afterAll(() => {
  process.chdir(before);
  rmSync(cwd, { recursive: true, force: true });
});

const file = (name: string, text: string): string => {
  writeFileSync(join(cwd, name), text);
  return name;
};

/** The command inside this process, for what it says before anything is started. */
async function here(...args: readonly string[]): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  const code = await main(args, {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    isInteractive: false,
    color: false,
    width: 80,
  });
  return { code, signal: null, stdout, stderr };
}

/** A command that says one line about what is wrong and nothing else. */
const refused = (message: RegExp, code = 64): object => ({
  code,
  signal: null,
  stdout: '',
  stderr: expect.stringMatching(new RegExp(`^launch-ready: .*${message.source}.*\\n$`)),
});

describe('wrong options are refused in one line', () => {
  it.each([
    [['--format', 'pdf'], /"pdf" is not one of terminal, html, md, json/],
    [['--format', ''], /give at least one of terminal, html, md, json/],
    [['--only', ','], /give at least one id/],
    [['--mode', 'fast'], /Allowed choices are observe, standard, full/],
    [['--profile', 'shop'], /Allowed choices are b2b-community/],
    [['--rate', 'quick'], /requests per second above 0/],
    [['--max-requests', '0'], /whole number above 0/],
    [['--outt', 'x'], /unknown option '--outt'.*Did you mean --out\?/],
    [['--only', 'tenancy/nothing'], /--only tenancy\/nothing: no line/],
    [['no-such.config.ts'], /no-such\.config\.ts does not exist/],
    [['--baseline', 'missing.json'], /missing\.json cannot be read/],
    [['--out', 'launch-ready.config.json'], /launch-ready\.config\.json .*another folder with --out/],
    [
      ['--out', 'launch-ready.config.json/run'],
      /launch-ready\.config\.json\/run .*another folder with --out/,
    ],
    [['http://'], /is not a URL/],
  ])('review %j', async (args, message) => expect(await here('review', ...args)).toEqual(refused(message)));

  it.each([
    [['reveiw'], /unknown command 'reveiw'.*Did you mean review\?/],
    [['judge'], /missing required argument 'review'/],
    [['judge', 'nowhere'], /nowhere holds no run/],
    [['cleanup', 'nowhere'], /nowhere holds no run/],
    [['cleanup'], /no run below \.launch-ready/],
    [['explain', 'nothing'], /there is no check "nothing"/],
  ])('%j', async (args, message) => expect(await here(...args)).toEqual(refused(message)));

  it.each([
    ['garbage.json', 'garbage'],
    ['other.json', '{"schemaVersion":1}'],
    ['future.json', '{"schemaVersion":99}'],
  ])('--baseline %s', async (name, text) =>
    expect(await here('review', '--baseline', file(name, text))).toEqual(refused(new RegExp(name))),
  );

  it('by the command as its users start it', async () => {
    expect(await run(['review', '--outt', 'x'], { cwd })).toEqual(refused(/unknown option '--outt'/));
  });
});

describe('a saved run that cannot be read is refused in one line', () => {
  const folder = (name: string, files: Readonly<Record<string, string>>): string => {
    mkdirSync(join(cwd, name));
    for (const [part, text] of Object.entries(files)) writeFileSync(join(cwd, name, part), text);
    return name;
  };

  it('without its facts', async () => {
    expect(await here('judge', folder('bare', { 'evidence.jsonl': '' }))).toEqual(
      refused(/run\.json is missing/),
    );
  });
  it('with facts of another version', async () => {
    const run = folder('old', { 'evidence.jsonl': '', 'run.json': '{"a":1}' });
    expect(await here('judge', run)).toEqual(refused(/run\.json: .*run the review again/));
  });
});

describe('a target file that cannot be used is refused in one line', () => {
  const origins = '{ app: "http://127.0.0.1:9" }';
  const withAdmin = (password: string): string =>
    `export default { name: "x", origins: ${origins}, tenants: { north: { admin: { username: "a", password: ${password} } } } };`;
  it.concurrent.each([
    ['syntax.ts', 'export default { name: "x", origins: {{ };', /syntax\.ts: it cannot be loaded: .+/],
    ['nothing.ts', 'export const target = 1;', /nothing\.ts: it has no default export; write/],
    [
      'throws.ts',
      'throw new Error("first\\n    at second (file.ts:1:1)");',
      /throws\.ts: it cannot be loaded: first/,
    ],
    [
      'import.ts',
      'import "@acme/nothing"; export default {};',
      /cannot be loaded: Cannot find package '@acme\/nothing'/,
    ],
    ['text.ts', 'export default "http://127.0.0.1:9";', /text\.ts: the file: .*expected object/],
    [
      'literal.ts',
      withAdmin('"hunter-22"'),
      /tenants\.north\.admin\.password: a secret must not stand in the file/,
    ],
    ['unset.ts', withAdmin('{ env: "NOT_THERE" }'), /the environment variable NOT_THERE is not set/],
    [
      'place.ts',
      `export default { name: "x", origins: ${origins}, openapi: "http://" };`,
      /place\.ts: openapi: must be a path/,
    ],
    [
      'elsewhere.ts',
      `export default { name: "x", origins: ${origins}, openapi: "http://127.0.0.1:10/openapi.json" };`,
      /elsewhere\.ts: openapi: must be a path/,
    ],
    ['broken.json', '{ "name": ', /broken\.json: it is not JSON/],
  ])('%s', async (name, text, message) => {
    const end = await run(['review', file(name, text)], { cwd });
    expect(end).toEqual(refused(message));
    expect(end.stderr).not.toContain('hunter-22');
  });

  it('that leaves a failed promise behind ends the command in one line', async () => {
    const text = `void Promise.reject(new Error("later\\n    at second")); export default { name: "x", origins: ${origins} };`;
    expect(await run(['review', '--quiet', file('rejects.ts', text)], { cwd })).toEqual(
      refused(/waiting for: later;/, 70),
    );
  });
});

it('an origin elsewhere that does not answer is out of reach', async () => {
  const end = await run(['review', 'http://launch-ready.invalid', '--quiet'], { cwd });
  expect(end).toEqual(refused(/http:\/\/launch-ready\.invalid does not answer.*check the address/, 69));
});

it('nothing listening is out of reach, and the folder may be used again', async () => {
  const setting = { cwd, env: {} };
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const end = await run(['review', '--quiet', '--out', 'unreachable'], setting);
    expect(end).toEqual(refused(/http:\/\/127\.0\.0\.1:9 does not answer.*check the address/, 69));
  }
});

it('a reader that goes away early is no fault', async () => {
  const { child, ended } = start(['profiles', '--json'], { cwd });
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});
