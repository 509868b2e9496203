import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isRecord, readJson } from './read-json.ts';
import type { SourceFiles } from './source-files.ts';

/** Finds the file that an import means: an absolute path, `outside` the repository, or `missing`. */
export type ResolveImport = (
  from: string,
  specifier: string,
) => { readonly kind: 'file'; readonly file: string } | { readonly kind: 'outside' | 'missing' };

interface Paths {
  readonly base: string;
  readonly patterns: readonly (readonly [pattern: string, places: readonly string[]])[];
}

const endings = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const indexes = endings.filter((ending) => ending !== '').map((ending) => `/index${ending}`);

/** Resolves relative imports, `paths` of the nearest tsconfig, and packages that lie in the repository itself. */
export function importResolver(files: SourceFiles): ResolveImport {
  const known = new Set(files.code);
  const workspaces = new Map<string, string>();
  for (const file of files.packages) {
    const name = readJson(file)?.['name'];
    if (typeof name === 'string') workspaces.set(name, dirname(file));
  }
  const pathsOf = tsconfigPaths(files.root);

  const fileAt = (path: string): string | null => {
    for (const ending of [...endings, ...indexes]) if (known.has(path + ending)) return path + ending;
    // An import of `x.js` means `x.ts` before it is compiled.
    const bare = path.replace(/\.[cm]?jsx?$/, '');
    if (bare !== path) for (const ending of endings) if (known.has(bare + ending)) return bare + ending;
    return null;
  };
  const inWorkspace = (specifier: string): string | null => {
    const parts = specifier.split('/');
    const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    const folder = workspaces.get(name);
    if (folder === undefined) return null;
    const rest = specifier.slice(name.length + 1);
    const manifest = readJson(join(folder, 'package.json')) ?? {};
    const named = exportPlaces(manifest, rest);
    for (const place of named) {
      const path = join(folder, place);
      const found = fileAt(path) ?? fileAt(path.replace(/\/(dist|build|lib)\//, '/src/'));
      if (found !== null) return found;
    }
    return rest === ''
      ? (fileAt(join(folder, 'src/index')) ?? fileAt(join(folder, 'index')))
      : (fileAt(join(folder, rest)) ?? fileAt(join(folder, 'src', rest)));
  };

  const found = (file: string | null): ReturnType<ResolveImport> | null =>
    file === null ? null : { kind: 'file', file };
  const missing = { kind: 'missing' } as const;
  return (from, specifier) => {
    if (/^\.{1,2}(\/|$)/.test(specifier)) return found(fileAt(resolve(dirname(from), specifier))) ?? missing;
    if (specifier.startsWith('/')) return found(fileAt(specifier)) ?? missing;
    const paths = pathsOf(dirname(from));
    for (const [pattern, places] of paths?.patterns ?? []) {
      const [head = '', tail] = pattern.split('*');
      const fits =
        tail === undefined ? specifier === pattern : specifier.startsWith(head) && specifier.endsWith(tail);
      if (!fits) continue;
      const star = specifier.slice(head.length, specifier.length - (tail?.length ?? 0));
      for (const place of places) {
        const file = fileAt(resolve(paths?.base ?? '', place.replace('*', star)));
        if (file !== null) return { kind: 'file', file };
      }
    }
    const workspace = inWorkspace(specifier);
    if (workspace !== null) return { kind: 'file', file: workspace };
    const below = paths ? fileAt(resolve(paths.base, specifier)) : null;
    return found(below) ?? (/^[@~#]\//.test(specifier) ? missing : { kind: 'outside' });
  };
}

/** Where a package's manifest says that a path of it lies. */
function exportPlaces(manifest: Readonly<Record<string, unknown>>, rest: string): readonly string[] {
  const texts = (value: unknown): readonly string[] =>
    typeof value === 'string' ? [value] : isRecord(value) ? Object.values(value).flatMap(texts) : [];
  const exported = manifest['exports'];
  const key = rest === '' ? '.' : `./${rest}`;
  if (isRecord(exported)) {
    const exact = exported[key] ?? (rest === '' && !('.' in exported) ? exported : undefined);
    if (exact !== undefined) return texts(exact);
    for (const [pattern, value] of Object.entries(exported)) {
      const [head = '', tail] = pattern.split('*');
      if (tail === undefined || !key.startsWith(head) || !key.endsWith(tail)) continue;
      return texts(value).map((place) =>
        place.replace('*', key.slice(head.length, key.length - tail.length)),
      );
    }
  }
  if (rest !== '') return [];
  return [
    ...texts(exported),
    ...['source', 'module', 'main', 'types'].flatMap((name) => texts(manifest[name])),
  ];
}

/** `paths` and `baseUrl` of the nearest tsconfig or jsconfig, its `extends` followed inside the repository. */
function tsconfigPaths(root: string): (folder: string) => Paths | null {
  const byFolder = new Map<string, Paths | null>();
  const read = (file: string, depth: number): Paths | null => {
    const config = readJson(file);
    if (config === null || depth > 5) return null;
    const options = isRecord(config['compilerOptions']) ? config['compilerOptions'] : {};
    const baseUrl = options['baseUrl'];
    const base = resolve(dirname(file), typeof baseUrl === 'string' ? baseUrl : '.');
    if (isRecord(options['paths'])) {
      const patterns = Object.entries(options['paths']).map(
        ([pattern, places]) =>
          [
            pattern,
            Array.isArray(places) ? places.filter((place) => typeof place === 'string') : [],
          ] as const,
      );
      return { base, patterns };
    }
    const parents = [config['extends']].flat().filter((parent) => typeof parent === 'string');
    for (const parent of parents) {
      if (!parent.startsWith('.')) continue;
      const path = resolve(dirname(file), parent.endsWith('.json') ? parent : `${parent}.json`);
      const found = path.startsWith(root) ? read(path, depth + 1) : null;
      if (found !== null) return found;
    }
    return typeof baseUrl === 'string' ? { base, patterns: [] } : null;
  };
  const find = (folder: string): Paths | null => {
    const before = byFolder.get(folder);
    if (before !== undefined) return before;
    const file = ['tsconfig.json', 'jsconfig.json']
      .map((name) => join(folder, name))
      .find((path) => existsSync(path));
    const own = file === undefined ? null : read(file, 0);
    const found = own ?? (folder === root || !folder.startsWith(root) ? null : find(dirname(folder)));
    byFolder.set(folder, found);
    return found;
  };
  return find;
}
