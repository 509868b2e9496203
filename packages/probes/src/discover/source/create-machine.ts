import { relative, sep } from 'node:path';
import { callFunction, callValue, newInstance } from './call-value.ts';
import { evaluate } from './evaluate.ts';
import { exportOf, moduleValue, runModule } from './link-module.ts';
import type { Machine } from './machine.ts';
import { memberOf } from './member-of.ts';
import type { ResolveImport } from './resolve-import.ts';
import { runStatements } from './run-statements.ts';
import type { SourceFiles } from './source-files.ts';
import { parseModule, type SourceModule } from './source-module.ts';

const mostProblems = 60;
const mostExpressions = 3_000_000;

export function createMachine(files: SourceFiles, resolve: ResolveImport): Machine {
  const modules = new Map<string, SourceModule | null>();
  const problems = new Set<string>(files.problems);
  const nameOf = (file: string): string => relative(files.root, file).split(sep).join('/');
  const keep = (problem: string): void => {
    if (problems.size < mostProblems) problems.add(problem);
  };
  const machine: Machine = {
    files,
    resolve,
    routers: [],
    entered: new Set(),
    stack: [],
    served: [],
    problems,
    left: mostExpressions,
    hearing: null,
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
    evaluate: (node, scope) => evaluate(machine, node, scope),
    runStatements: (lines, scope, returned) => runStatements(machine, lines, scope, returned),
    callValue: (call) => callValue(machine, call),
    callFunction: (fn, args) => callFunction(machine, fn, args),
    newInstance: (of, args, self) => newInstance(machine, of, args, self),
    memberOf(owner, name) {
      machine.hearing?.member(owner, name);
      return memberOf(machine, owner, name);
    },
    exportOf: (module, name) => exportOf(machine, module, name),
    moduleValue: (from, specifier, node) => moduleValue(machine, from, specifier, node),
    runModule: (module) => runModule(machine, module),
  };
  return machine;
}
