import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const compiler = pathOf('../../../../node_modules/typescript/bin/tsc');

/** A check in full, in which a case replaces what it needs or how it judges. */
const check = (needs: string, evaluate: string): string => `
import { defineCheck, type AnyCheck, type ExchangeId } from ${JSON.stringify(pathOf('../index.ts'))};
declare const seen: readonly ExchangeId[];
const check = defineCheck({
  id: 'subject/name', title: 'good', failureTitle: 'bad', criterion: 'so', requirements: [], severity: 'high',
  how: 'so', why: 'so', needs: [${needs}], options: { least: 1 },
  fix: { summary: '', steps: [], today: null, effort: 'hours' }, references: { cwe: [], owaspApi: [], asvs: [] },
  evaluate: ${evaluate},
});
export const list: readonly AnyCheck[] = [check];
`;

/** What must compile has no code; what must not compile names a part of the compiler's complaint. */
const cases: readonly (readonly [title: string, source: string, complaint: string | null])[] = [
  [
    'reads the evidence and options it declares, and stands in a list of checks',
    check(
      `'cookies', 'logins'`,
      `({ cookies, logins }, { least }) => logins.actors.length < least
      ? { status: 'unknown', because: 'no actor' } : { status: 'pass', because: 'seen', evidence: [cookies.id] }`,
    ),
    null,
  ],
  ['needs no evidence', check('', `() => ({ status: 'not-applicable', because: 'never' })`), null],
  [
    'cites exchanges once it has made sure there is one',
    check(
      `'cookies'`,
      `() => { const [first, ...rest] = seen; return first === undefined
      ? { status: 'unknown', because: 'none' } : { status: 'pass', because: 'seen', evidence: [first, ...rest] }; }`,
    ),
    null,
  ],
  [
    'reads evidence it does not declare',
    check(`'cookies'`, `(evidence) => ({ status: 'unknown', because: evidence.logins.id })`),
    `'logins' does not exist`,
  ],
  [
    'reads evidence although it declares none',
    check('', `(evidence) => ({ status: 'unknown', because: evidence.logins.id })`),
    `'logins' does not exist`,
  ],
  [
    'declares a kind of evidence that does not exist',
    check(`'cookie'`, `() => ({ status: 'unknown', because: '' })`),
    `'"cookie"' is not assignable`,
  ],
  [
    'reads an option it does not have',
    check(`'cookies'`, `(_, options) => ({ status: 'unknown', because: String(options.most) })`),
    `'most' does not exist`,
  ],
  [
    'passes without citing evidence',
    check(`'cookies'`, `() => ({ status: 'pass', because: 'trust me' })`),
    `'evidence' is missing`,
  ],
  [
    'passes with an empty list of evidence',
    check(`'cookies'`, `() => ({ status: 'pass', because: 'trust me', evidence: [] })`),
    'not assignable',
  ],
  [
    'passes with a list that may be empty',
    check(`'cookies'`, `() => ({ status: 'pass', because: 'trust me', evidence: seen })`),
    'not assignable',
  ],
  [
    'passes with something that is no id',
    check(`'cookies'`, `() => ({ status: 'pass', because: 'trust me', evidence: ['somewhere'] })`),
    'not assignable',
  ],
  [
    'fails without a finding',
    check(`'cookies'`, `() => ({ status: 'fail', because: 'so', findings: [] })`),
    'not assignable',
  ],
  [
    'reports a finding without evidence',
    check(
      `'cookies'`,
      `() => ({ status: 'fail', because: 'so', findings: [{ subject: {}, message: '', actors: [], evidence: [] }] })`,
    ),
    'not assignable',
  ],
  ['answers later', check(`'cookies'`, `async () => ({ status: 'unknown', because: '' })`), 'Promise'],
];

describe('a check, when the compiler reads it', () => {
  let folder = '';
  let complaints: ReadonlyMap<string, string> = new Map();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'check-types-'));
    await Promise.all(cases.map(([, source], index) => writeFile(join(folder, `case-${index}.ts`), source)));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: pathOf('../../../../tsconfig.base.json'),
        compilerOptions: {
          noEmit: true,
          rewriteRelativeImportExtensions: false,
          composite: false,
          declaration: false,
          types: [],
        },
        include: ['case-*.ts'],
      }),
    );
    complaints = await compile(folder);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  const rows = cases.map(([title, , complaint], index) => ({ title, file: `case-${index}.ts`, complaint }));
  it.each(rows.filter(({ complaint }) => complaint === null))('may be one that $title', ({ file }) => {
    expect(complaints.get(file)).toBeUndefined();
  });

  it.each(rows.filter(({ complaint }) => complaint !== null))(
    'may not be one that $title',
    ({ file, complaint }) => {
      expect(complaints.get(file)).toContain(complaint);
      expect(complaints.get(file)?.match(/error TS/g)).toHaveLength(1);
    },
  );

  it('is complained about only where a case is', () => {
    expect([...complaints.keys()].filter((file) => !/^case-\d+\.ts$/.test(file))).toEqual([]);
  });
});

/** What the compiler says of each file, with the lines that explain it. */
function compile(folder: string): Promise<ReadonlyMap<string, string>> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiler, '-p', folder, '--pretty', 'false'],
      { cwd: folder },
      (_, output, errors) => {
        const said = new Map<string, string>();
        let file = 'compiler';
        for (const line of `${output}${errors}`.split('\n').filter((text) => text.trim() !== '')) {
          file = /^(\S+?)\(\d+,\d+\): error/.exec(line)?.[1] ?? (line.startsWith(' ') ? file : 'compiler');
          said.set(file, `${said.get(file) ?? ''}${line}\n`);
        }
        resolve(said);
      },
    );
  });
}
