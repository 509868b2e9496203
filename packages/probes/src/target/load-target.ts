import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveTarget } from './resolve-target.ts';
import { TargetProblem } from './target-problem.ts';
import type { Target } from './target.ts';

const defaultFiles = [
  'launch-ready.config.ts',
  'launch-ready.config.mts',
  'launch-ready.config.js',
  'launch-ready.config.mjs',
  'launch-ready.config.json',
];

/**
 * Loads a target: a config file, a folder with one, or a bare URL. Without a name, `launch-ready.config.*` of the folder.
 * @throws {TargetProblem} with one line for the user
 */
export async function loadTarget(
  pathOrUrl: string | null,
  setting: { readonly env: Readonly<Record<string, string | undefined>>; readonly folder: string },
): Promise<Target> {
  if (pathOrUrl !== null && /^https?:\/\//i.test(pathOrUrl)) return fromUrl(pathOrUrl, setting);
  const path = configPath(pathOrUrl, setting.folder);
  const file = basename(path);
  const value = file.endsWith('.json') ? readJson(path) : await importDefault(path);
  return resolveTarget(value, { env: setting.env, folder: dirname(path), file });
}

function fromUrl(
  text: string,
  setting: { readonly env: Readonly<Record<string, string | undefined>>; readonly folder: string },
): Target {
  if (!URL.canParse(text)) throw new TargetProblem(`${text} is not a URL`);
  const { origin, host } = new URL(text);
  return resolveTarget({ name: host, origins: { app: origin } }, { ...setting, file: text });
}

function configPath(given: string | null, folder: string): string {
  const path = resolve(folder, given ?? '.');
  if (!existsSync(path))
    throw new TargetProblem(`${given ?? path} does not exist; give a config file or a URL`);
  if (!statSync(path).isDirectory()) return path;
  const found = defaultFiles.map((name) => join(path, name)).find((candidate) => existsSync(candidate));
  if (found === undefined)
    throw new TargetProblem(
      `no ${defaultFiles[0]} in ${given ?? 'this folder'}; give a config file or a URL`,
    );
  return found;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new TargetProblem(`${basename(path)}: it is not JSON: ${firstLine(error)}`);
  }
}

async function importDefault(path: string): Promise<unknown> {
  let loaded: unknown;
  try {
    loaded = await import(pathToFileURL(path).href);
  } catch (error) {
    throw new TargetProblem(`${basename(path)}: it cannot be loaded: ${firstLine(error)}`);
  }
  if (typeof loaded !== 'object' || loaded === null || !('default' in loaded)) {
    throw new TargetProblem(
      `${basename(path)}: it has no default export; write export default defineTarget({ ... })`,
    );
  }
  return loaded.default;
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
