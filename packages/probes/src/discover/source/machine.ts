import type { Directive, Expression, Node, Statement } from 'oxc-parser';
import type { Call } from './call.ts';
import type { ResolveImport } from './resolve-import.ts';
import type { Router } from './router.ts';
import type { SourceFiles } from './source-files.ts';
import type { SourceModule } from './source-module.ts';
import type { ClassValue, FunctionLike, FunctionValue, InstanceValue, Place, Scope, Value } from './value.ts';

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
  /** Who is told of calls and of fields that are taken, while a handler is listened to. */
  hearing: {
    call(callee: Value, args: readonly Value[]): void;
    member(owner: Value, name: string): void;
  } | null;
  load(file: string): SourceModule | null;
  problem(module: SourceModule, node: Node | null, because: string): void;
  placeOf(module: SourceModule, node: Node): Place;
  nameOf(file: string): string;

  // The parts of reading call each other; each knows only this.
  evaluate(node: Expression, scope: Scope): Value;
  runStatements(lines: readonly (Directive | Statement)[], scope: Scope, returned: Value[]): void;
  callValue(call: Call): Value;
  callFunction(fn: FunctionValue, args: readonly Value[]): Value;
  newInstance(of: ClassValue, args: readonly Value[], self?: InstanceValue): InstanceValue;
  memberOf(owner: Value, name: string): Value;
  exportOf(module: SourceModule, name: string): Value;
  moduleValue(from: SourceModule, specifier: string, node: Node): Value;
  runModule(module: SourceModule): void;
}
