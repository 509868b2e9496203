import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseReview, type Review } from '@launch-ready/core';
import type { CommandSetting } from './command.ts';
import { accounts, type NotesApp } from './notes-app.ts';

/** A working directory with a target file, and the environment that holds its passwords. */
export interface Workbench extends CommandSetting {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where the run of a test is kept. */
  readonly out: string;
  remove(): void;
}

const variable = (actor: string): string => actor.toUpperCase().replace('.', '_');

/** Makes a working directory whose target file describes the application. */
export function makeWorkbench(app: NotesApp, more: Readonly<Record<string, unknown>> = {}): Workbench {
  const cwd = mkdtempSync(join(tmpdir(), 'launch-ready-test-'));
  const actor = (id: keyof typeof accounts): object => ({
    username: accounts[id],
    password: { env: variable(id) },
  });
  const target = {
    name: 'Notes',
    origins: { app: app.origin },
    tenants: {
      north: { admin: actor('north.admin'), member: actor('north.member') },
      south: { admin: actor('south.admin'), member: actor('south.member') },
    },
    ...more,
  };
  writeFileSync(join(cwd, 'launch-ready.config.json'), JSON.stringify(target));
  const env = Object.fromEntries(
    Object.entries(accounts).map(([id, email]) => [variable(id), app.passwords[email] ?? '']),
  );
  return { cwd, env, out: join(cwd, 'run'), remove: () => rmSync(cwd, { recursive: true, force: true }) };
}

/** The Review in a run folder, checked against its schema. */
export function reviewIn(folder: string): Review {
  const parsed = parseReview(JSON.parse(readFileSync(join(folder, 'review.json'), 'utf8')));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.review;
}

/** All text of all files of a folder. */
export const textIn = (folder: string): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
