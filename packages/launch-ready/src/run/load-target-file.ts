import { resolve } from 'node:path';
import { loadTarget, type Target } from '@launch-ready/probes';

/** A target, and where it was read from, so that a later clean-up can read it again. */
export interface LoadedTarget {
  readonly target: Target;
  /** Absolute path, or the URL; the working directory's own file when none was named. */
  readonly file: string;
}

/**
 * Loads a target file, the target file of a folder, or a bare URL.
 * @throws {TargetProblem} with one line for the user
 */
export async function loadTargetFile(place: string | null): Promise<LoadedTarget> {
  const folder = process.cwd();
  const target = await loadTarget(place, { env: process.env, folder });
  const isUrl = place !== null && /^https?:/i.test(place);
  return { target, file: isUrl ? place : resolve(folder, place ?? '.') };
}
