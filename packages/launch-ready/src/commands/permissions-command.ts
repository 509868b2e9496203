import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { PermissionMatrix, PermissionsLock, Review } from '@launch-ready/core';
import { permissionRows } from '@launch-ready/report';
import type { Terminal } from '../terminal.ts';
import { readFacts } from '../run/read-facts.ts';
import { readReview } from '../run/read-review.ts';
import { writeText } from '../run/run-folder.ts';
import { UserError } from '../user-error.ts';
import type { RegisterCommand } from './register-command.ts';

interface PermissionsOptions {
  readonly json?: boolean;
  readonly sign?: string;
  readonly out?: string;
}

/** `launch-ready permissions <review>`: shows who was seen to be allowed what, and takes a signature for it. */
export const permissionsCommand: RegisterCommand = (program, terminal) => {
  program
    .command('permissions')
    .description('show which role was seen to be allowed what, and sign it for later reviews')
    .argument('<review>', 'folder of a run, or the review.json in it')
    .option('--sign <name>', 'sign the matrix as this person: writes permissions.lock')
    .option('--out <file>', 'where to write it (default: permissions.lock beside the target file)')
    .option('--json', 'print the matrix as JSON')
    .action((place: string, options: PermissionsOptions) => {
      const path = existsSync(place) && statSync(place).isDirectory() ? join(place, 'review.json') : place;
      const review = readReview(path);
      const matrix = review.coverage.permissions ?? null;
      if (matrix === null)
        throw new UserError(
          `${path} holds no permission matrix: review the application in standard mode with at least two roles in one tenant`,
        );
      if (options.out !== undefined && options.sign === undefined)
        throw new UserError('--out is where a signature goes: give --sign "<name>" with it');
      if (options.sign !== undefined)
        sign(review, matrix, { ...options, sign: options.sign }, path, terminal);
      else if (options.json === true) terminal.out(`${JSON.stringify(matrix, null, 2)}\n`);
      else printTable(matrix, terminal);
    });
};

function sign(
  review: Review,
  matrix: PermissionMatrix,
  options: PermissionsOptions & { readonly sign: string },
  path: string,
  terminal: Terminal,
): void {
  const name = options.sign.trim();
  if (name === '') throw new UserError('--sign needs the name of the person who looked at the matrix');
  if (review.run.interrupted !== null)
    throw new UserError(`${path} is of a run that ended early: sign the matrix of a whole run`);
  const file = resolve(options.out ?? beside(path));
  const lock: PermissionsLock = {
    version: 1,
    target: review.target.name,
    signedBy: name,
    signedOn: new Date().toISOString().slice(0, 10),
    review: review.run.id,
    rights: rightsOf(matrix),
  };
  const text = `${JSON.stringify(lock, null, 2)}\n`;
  try {
    writeText(file, text);
  } catch {
    throw new UserError(`${file} cannot be written: choose another place with --out`);
  }
  terminal.out(options.json === true ? text : `${file}: ${matrix.cells.length} cells signed by ${name}\n`);
}

/** The folder of the target file; the working directory when the run was given a URL. */
function beside(path: string): string {
  const facts = readFacts(join(dirname(resolve(path)), 'run.json'));
  const { file } = facts.target;
  if (file === null || /^https?:/i.test(file)) return 'permissions.lock';
  const folder = existsSync(file) && statSync(file).isDirectory() ? file : dirname(file);
  return join(folder, 'permissions.lock');
}

/** In one order, whatever order the run had, so that two signatures differ only where rights do. */
function rightsOf({ cells }: PermissionMatrix): PermissionsLock['rights'] {
  const rights: Record<
    string,
    Record<string, Record<string, PermissionMatrix['cells'][number]['observed']>>
  > = {};
  const key = (cell: PermissionMatrix['cells'][number]): string =>
    `${cell.operation}\n${cell.role}\n${cell.relation}`;
  for (const cell of cells.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)))
    ((rights[cell.operation] ??= {})[cell.role] ??= {})[cell.relation] = cell.observed;
  return rights;
}

function printTable(matrix: PermissionMatrix, terminal: Terminal): void {
  const { head, rows, doubts } = permissionRows(matrix);
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `${row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  terminal.out(line(head));
  for (const row of rows) terminal.out(line(row));
  if (doubts.length > 0)
    terminal.out(`\nto be looked at (!)\n${doubts.map((doubt) => `  ${doubt}\n`).join('')}`);
  terminal.out(
    `\nown: the role's own object; peer: of somebody else in the tenant; tenant: inside the tenant; foreign: of another tenant\n`,
  );
  terminal.out(
    matrix.signed === null
      ? 'nobody has signed a matrix yet: --sign "<name>" writes permissions.lock, which every later review is compared with\n'
      : `compared with the matrix that ${matrix.signed.by} signed on ${matrix.signed.on}\n`,
  );
}
