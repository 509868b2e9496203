import { readFileSync } from 'node:fs';
import { UserError } from '../user-error.ts';
import { parseJson } from './parse-json.ts';
import { runFacts, type RunFacts } from './run-facts.ts';

/**
 * Reads the facts of a run.
 * @throws {UserError} when the file is missing or not of this version
 */
export function readFacts(path: string): RunFacts {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UserError(`${path} is missing, so nothing says which run this was: run the review again`);
  }
  const parsed = runFacts.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError(
    `${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'cannot be read'}: run the review again`,
  );
}
