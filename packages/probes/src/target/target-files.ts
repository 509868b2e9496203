import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import type { ResolveSetting } from './resolve-target.ts';
import type { ParsedTargetInput } from './target-input.ts';
import type { TargetProblem } from './target-problem.ts';
import type { PermissionTable } from './target.ts';

/** Makes the error of a field. */
type Problem = (field: string, message: string) => TargetProblem;

const tableInFile = z.object({
  source: z.string().optional(),
  allowed: z.record(z.string(), z.array(z.string())),
});

/** The folder of the application's source; null when none is named. */
export function sourceFolder(
  input: string | undefined,
  setting: ResolveSetting,
  problem: Problem,
): string | null {
  if (input === undefined) return null;
  const path = resolve(setting.folder, input);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw problem('source', `${input} is not a folder`);
  return path;
}

/** Certificates that the target's own is signed by, in PEM; null when none are named. */
export function authorityOf(
  input: string | undefined,
  setting: ResolveSetting,
  problem: Problem,
): string | null {
  if (input === undefined) return null;
  try {
    const text = readFileSync(resolve(setting.folder, input), 'utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  } catch {
    throw problem('certificateAuthority', `${input} cannot be read`);
  }
  throw problem('certificateAuthority', `${input} must hold certificates in PEM form`);
}

/** Who may call what, as the target file says itself or in a file beside it; null when it says nothing. */
export function permissionTable(
  input: ParsedTargetInput['permissions'],
  setting: ResolveSetting,
  problem: Problem,
): PermissionTable | null {
  if (input === undefined) return null;
  if (typeof input !== 'string') return { source: input.source ?? setting.file, allowed: input.allowed };
  try {
    const table = tableInFile.parse(JSON.parse(readFileSync(resolve(setting.folder, input), 'utf8')));
    return { source: table.source ?? input, allowed: table.allowed };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw problem(
      'permissions',
      missing
        ? `${input} does not exist`
        : `${input} must be JSON with allowed: { "METHOD /path": ["role"] }`,
    );
  }
}
