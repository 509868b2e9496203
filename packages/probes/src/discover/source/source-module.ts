import { readFileSync } from 'node:fs';
import { parseSync, type Node, type Program } from 'oxc-parser';
import type { Scope, Value } from './value.ts';

/** One parsed file, and what it gives to others as far as it was read. */
export interface SourceModule {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly program: Program;
  readonly scope: Scope;
  /** Named exports, worked out when asked for. */
  readonly exports: Map<string, () => Value>;
  /** Specifiers of `export * from`. */
  readonly reexports: string[];
  /** `module.exports`, when it was assigned. */
  common: Value | null;
  state: 'waiting' | 'running' | 'done';
  lineOf(node: { readonly start: number }): number;
  textOf(node: Node): string;
}

/** Parses a file; null with a problem when it cannot be. Never runs it. */
export function parseModule(file: string, problem: (because: string) => void): SourceModule | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    problem('cannot be read');
    return null;
  }
  // Plain JavaScript may hold JSX whatever its name says.
  const lang = /\.[cm]?ts$/.test(file) ? 'ts' : file.endsWith('.tsx') ? 'tsx' : 'jsx';
  const parsed = parseSync(file, text, { lang, preserveParens: false });
  const [error] = parsed.errors;
  if (error && parsed.program.body.length === 0) {
    problem(`cannot be parsed: ${error.message.split('\n')[0] ?? ''}`);
    return null;
  }
  let starts: number[] | null = null;
  const module: SourceModule = {
    file,
    text,
    program: parsed.program,
    scope: {
      names: new Map(),
      parent: null,
      get module() {
        return module;
      },
      self: null,
    },
    exports: new Map(),
    reexports: [],
    common: null,
    state: 'waiting',
    lineOf({ start }) {
      starts ??= [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
      let [low, high] = [0, starts.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= start) low = middle + 1;
        else high = middle;
      }
      return low + 1;
    },
    textOf: ({ start, end }) => text.slice(start, end),
  };
  return module;
}
