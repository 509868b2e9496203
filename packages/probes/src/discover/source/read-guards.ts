import type { BodySight } from './body-sight.ts';
import { guardName, guardPackage, optionalName, scopeName } from './guard-name.ts';
import type { Machine } from './machine.ts';
import { flatItems, nameOf, packageOf, type FunctionValue, type Value } from './value.ts';

export type GuardWhere = 'handler' | 'route' | 'router' | 'global';
export interface SourceGuard {
  readonly name: string;
  readonly where: GuardWhere;
  /** Whether its own text was read; otherwise its name alone speaks for it. */
  readonly sure: boolean;
  /** Whether it looks at whose data is meant. */
  readonly scoped: boolean;
}

export interface Sight {
  /** The guard that a value standing before a handler is, or null. */
  guardOf(value: Value, where: GuardWhere): SourceGuard | null;
  /** What handlers show by themselves; null when there is nothing to read. */
  handler(values: readonly Value[]): BodySight | null;
}

/** Understands what stands before a handler, and the handler itself. */
export function createSight(machine: Machine, look: (fn: FunctionValue) => BodySight): Sight {
  /** The functions of the repository in a value: itself, or what is handed to a wrapper. */
  const functionsIn = (value: Value, depth = 0): readonly FunctionValue[] => {
    if (depth > 4) return [];
    if (value.kind === 'function') return [value];
    if (value.kind === 'call')
      return [
        ...flatItems(value.args).flatMap((arg) => functionsIn(arg, depth + 1)),
        ...(value.of.kind === 'function' ? [value.of] : []),
      ];
    if (value.kind === 'list') return value.items.flatMap((item) => functionsIn(item, depth + 1));
    if (value.kind === 'object') {
      const handler = value.fields.get('handler') ?? value.fields.get('handle');
      return handler ? functionsIn(handler, depth + 1) : [];
    }
    if (value.kind === 'instance') {
      const handle = machine.memberOf(value, 'handle');
      return handle.kind === 'function' ? [handle] : [];
    }
    return [];
  };

  return {
    guardOf(value, where) {
      const name = nameOf(value);
      if (value.kind === 'unknown' && name === '') return null;
      if (value.kind === 'function') {
        const { refuses, scoped, guards } = look(value);
        if (refuses || guards.length > 0)
          return {
            name: name || 'a function',
            where,
            sure: refuses,
            scoped: scoped && scopeName(name),
          };
        return null;
      }
      if (optionalName(name)) return null;
      if (value.kind === 'call' && value.args.some(mayPass)) return null;
      const inner = functionsIn(value).map(look);
      if (inner.some(({ refuses }) => refuses))
        return { name: name || 'a function', where, sure: true, scoped: scopeName(name) };
      const from = value.kind === 'call' ? (packageOf(value)?.module ?? '') : '';
      return guardName(name) || guardPackage(from)
        ? { name, where, sure: false, scoped: scopeName(name) }
        : null;
    },
    handler(values) {
      const seen = values.flatMap((value) => functionsIn(value)).map(look);
      if (seen.length === 0) return null;
      return {
        refuses: seen.some(({ refuses }) => refuses),
        scoped: seen.some(({ scoped }) => scoped),
        guards: seen.flatMap(({ guards }) => guards),
      };
    },
  };
}

/** Options that say that requests without a credential go on. */
function mayPass(value: Value): boolean {
  if (value.kind !== 'object') return false;
  const is = (name: string, wanted: boolean): boolean => {
    const field = value.fields.get(name);
    return field?.kind === 'literal' && field.value === wanted;
  };
  return is('credentialsRequired', false) || is('optional', true) || is('required', false);
}
