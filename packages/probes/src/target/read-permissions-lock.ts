import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { permissionsLock, type PermissionsLock } from '@launch-ready/core';

/** Name of the file with the signed matrix, beside the target file. */
const usualName = 'permissions.lock';

/**
 * Reads the signed permission matrix: the named file, or `permissions.lock` in the folder when it is there; null when none is.
 * @param problem makes the error of one line that is thrown for a file that cannot be used
 */
export function readPermissionsLock(
  named: string | undefined,
  folder: string,
  problem: (message: string) => Error,
): PermissionsLock | null {
  const path = resolve(folder, named ?? usualName);
  const name = named ?? basename(path);
  if (!existsSync(path)) {
    if (named === undefined) return null;
    throw problem(
      `${name} does not exist: write it with \`launch-ready permissions <review> --sign "<name>"\``,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw problem(
      `${name} is not JSON: restore it, or sign the matrix again with \`launch-ready permissions\``,
    );
  }
  const parsed = permissionsLock.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw problem(
    `${name} is no signed matrix (${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'unknown shape'}): sign the matrix again with \`launch-ready permissions\``,
  );
}
