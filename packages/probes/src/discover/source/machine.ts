import { relative, sep } from 'node:path';
import type { Node } from 'oxc-parser';
import type { ResolveImport } from './resolve-import.ts';
import type { Router } from './router.ts';
import type { SourceFiles } from './source-files.ts';
import { parseModule, type SourceModule } from './source-module.ts';
import type { FunctionLike, Place, Value } from './value.ts';

/** What reading a repository holds while it goes on. */
export interface Machine {
  readonly files: SourceFiles;
  readonly resolve: ResolveImport;
  readonly routers: Router[];
  /** Functions whose body was read. */
  readonly entered: Set<FunctionLike>;
  /** Functions that are being read now, so that recursion ends. */
  readonly stack: FunctionLike[];
  /** What hangs outside of routers: global prefixes, versions, tables of servers. */
  readonly served: { readonly value: Value; readonly at: Place }[];
  readonly problems: Set<string>;
  /** Expressions that may still be read, so that reading always ends. */
  left: number;
  load(file: string): SourceModule | null;
  problem(module: SourceModule, node: Node | null, because: string): void;
  placeOf(module: SourceModule, node: Node): Place;
  nameOf(file: string): string;
}

const mostProblems = 60;
const mostExpressions = 3_000_000;

export function createMachine(files: SourceFiles, resolve: ResolveImport): Machine {
  const modules = new Map<string, SourceModule | null>();
  const problems = new Set<string>(files.problems);
  const nameOf = (file: string): string => relative(files.root, file).split(sep).join('/');
  const keep = (problem: string): void => {
    if (problems.size < mostProblems) problems.add(problem);
  };
  return {
    files,
    resolve,
    routers: [],
    entered: new Set(),
    stack: [],
    served: [],
    problems,
    left: mostExpressions,
    load(file) {
      const before = modules.get(file);
      if (before !== undefined) return before;
      const module = parseModule(file, (because) => keep(`${nameOf(file)}: ${because}`));
      modules.set(file, module);
      return module;
    },
    problem(module, node, because) {
      keep(`${nameOf(module.file)}${node ? `:${module.lineOf(node)}` : ''}: ${because}`);
    },
    placeOf: (module, node) => ({ file: nameOf(module.file), line: module.lineOf(node) }),
    nameOf,
  };
}
