import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { exchangeId, parseEvidenceRecord, type EvidenceRecord, type ExchangeId } from '@launch-ready/core';
import * as z from 'zod';
import { UserError } from '../user-error.ts';

/** Files of one run. Everything in them was redacted before it was written. */
export interface RunFolder {
  readonly path: string;
  readonly exchanges: string;
  readonly evidence: string;
  readonly journal: string;
  readonly facts: string;
  readonly review: string;
  readonly html: string;
  readonly markdown: string;
}

const filesIn = (path: string): RunFolder => ({
  path,
  exchanges: join(path, 'exchanges.jsonl'),
  evidence: join(path, 'evidence.jsonl'),
  journal: join(path, 'journal.jsonl'),
  facts: join(path, 'run.json'),
  review: join(path, 'review.json'),
  html: join(path, 'report.html'),
  markdown: join(path, 'report.md'),
});

/**
 * Makes the folder of a new run, readable by its owner only.
 * @throws {UserError} when the folder holds a run already, or cannot be made or written to
 */
export function createRunFolder(path: string): RunFolder {
  const folder = filesIn(resolve(path));
  if (holdsRun(folder)) throw new UserError(`${path} already holds a run: choose another folder with --out`);
  try {
    mkdirSync(folder.path, { recursive: true, mode: 0o700 });
    accessSync(folder.path, constants.W_OK | constants.X_OK);
    for (const file of [folder.exchanges, folder.journal, folder.facts]) rmSync(file, { force: true });
  } catch (error) {
    throw new UserError(
      `nothing can be written to ${path} (${codeOf(error)}): choose another folder with --out`,
    );
  }
  return folder;
}

/** A run that could not start has gathered and created nothing: its folder may be used again. */
const holdsRun = (folder: RunFolder): boolean =>
  existsSync(folder.evidence) ||
  existsSync(folder.review) ||
  (existsSync(folder.journal) && statSync(folder.journal).size > 0);

/**
 * Opens the folder of a run that is over, given the folder or any file in it.
 * @throws {UserError} when there is none
 */
export function openRunFolder(path: string): RunFolder {
  const asFolder = path.endsWith('.json') || path.endsWith('.html') ? resolve(path, '..') : resolve(path);
  const folder = filesIn(asFolder);
  if (!existsSync(folder.journal) && !existsSync(folder.evidence))
    throw new UserError(`${path} holds no run: name a folder that \`launch-ready review\` has written`);
  return folder;
}

/** Folders of all runs below a base folder, the newest first (run ids start with their time). */
export function listRunFolders(base: string): readonly RunFolder[] {
  if (!existsSync(base)) return [];
  return readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => filesIn(resolve(base, entry.name)))
    .filter((folder) => existsSync(folder.journal) || existsSync(folder.evidence))
    .sort((a, b) => b.path.localeCompare(a.path));
}

export const appendEvidence = (folder: RunFolder, record: EvidenceRecord): void =>
  appendFileSync(folder.evidence, `${JSON.stringify(record)}\n`, { mode: 0o600 });

/** Writes a whole file or, when the process is killed meanwhile, leaves the one that was there. */
export function writeText(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/**
 * Reads the saved evidence of a run. A last line cut off by a crash is left out: what it would have said is missing.
 * @throws {UserError} naming the line that cannot be read
 */
export function readEvidence(folder: RunFolder): readonly EvidenceRecord[] {
  return readLines(folder.evidence).flatMap(({ text, number, torn }) => {
    try {
      return [parseEvidenceRecord(JSON.parse(text))];
    } catch (error) {
      if (torn) return [];
      const why = error instanceof z.ZodError ? (error.issues[0]?.message ?? 'unknown shape') : 'not JSON';
      throw new UserError(
        `${folder.evidence} line ${number} is not evidence of this version (${why}): run the review again`,
      );
    }
  });
}

const exchangeLine = z.object({ id: exchangeId });

/** Ids of the exchanges of a run. A last line cut off by a crash is left out. */
export function readExchangeIds(folder: RunFolder): ReadonlySet<ExchangeId> {
  const ids = new Set<ExchangeId>();
  for (const { text } of readLines(folder.exchanges)) {
    try {
      ids.add(exchangeLine.parse(JSON.parse(text)).id);
    } catch {
      continue;
    }
  }
  return ids;
}

interface SavedLine {
  readonly text: string;
  readonly number: number;
  /** It does not end in a line break, so a crash may have cut it off. */
  readonly torn: boolean;
}

function readLines(path: string): readonly SavedLine[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((text, index, all) => ({ text, number: index + 1, torn: index === all.length - 1 }))
    .filter(({ text }) => text.trim() !== '');
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be opened';
