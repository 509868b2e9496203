import type { Machine } from './machine.ts';
import type { SourceModule } from './source-module.ts';
import { fieldOf, flatItems, nameOf, textOf, type Value } from './value.ts';
import { walkNodes } from './walk-nodes.ts';

/** A middleware and the routes it stands before, of `consumer.apply(...).forRoutes(...)`. */
interface NestMiddleware {
  readonly value: Value;
  readonly routes: readonly {
    readonly path: string | null;
    readonly controller: string | null;
    readonly method: string | null;
  }[];
}

/** What holds for all controllers of a NestJS application. */
export interface NestApplication {
  readonly prefix: string;
  /** Word before a version in the path; null when versions do not stand in paths. */
  readonly versionPrefix: string | null;
  readonly defaultVersion: string | null;
  readonly guards: readonly Value[];
  readonly middlewares: readonly NestMiddleware[];
  /** Names of controllers that some module lists. */
  readonly listed: ReadonlySet<string>;
}

const verbs: Readonly<Record<string, string>> = {
  'RequestMethod.GET': 'GET',
  'RequestMethod.POST': 'POST',
  'RequestMethod.PUT': 'PUT',
  'RequestMethod.PATCH': 'PATCH',
  'RequestMethod.DELETE': 'DELETE',
};

/** Looks through all files for what is set for the whole application. */
export function nestApplication(machine: Machine, modules: readonly SourceModule[]): NestApplication {
  let [prefix, versionPrefix, defaultVersion]: [string, string | null, string | null] = ['', null, null];
  const guards: Value[] = [];
  const middlewares: NestMiddleware[] = [];
  const listed = new Set<string>();
  for (const module of modules) {
    walkNodes(module.program, (node) => {
      if (
        node.type === 'Property' &&
        node.key.type === 'Identifier' &&
        node.key.name === 'controllers' &&
        node.value.type === 'ArrayExpression'
      ) {
        for (const item of node.value.elements) if (item?.type === 'Identifier') listed.add(item.name);
      }
      if (node.type === 'ObjectExpression' && /provide:\s*APP_GUARD/.test(module.textOf(node))) {
        const guard = fieldOf(machine.evaluate(node, module.scope), 'useClass');
        if (guard) guards.push(guard);
        return true;
      }
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.callee.computed)
        return true;
      const args = (): readonly Value[] =>
        node.arguments.flatMap((one) =>
          one.type === 'SpreadElement' ? [] : [machine.evaluate(one, module.scope)],
        );
      switch (node.callee.property.name) {
        case 'setGlobalPrefix':
          prefix = textOf(args()[0]) ?? prefix;
          break;
        case 'enableVersioning': {
          const [options] = args();
          if (!options || !/URI/.test(nameOf(fieldOf(options, 'type') ?? options) || 'URI')) break;
          versionPrefix = textOf(fieldOf(options, 'prefix')) ?? 'v';
          defaultVersion = textOf(fieldOf(options, 'defaultVersion'));
          break;
        }
        case 'useGlobalGuards':
          guards.push(...args());
          break;
        case 'forRoutes': {
          let applied = node.callee.object;
          while (
            applied.type === 'CallExpression' &&
            applied.callee.type === 'MemberExpression' &&
            !applied.callee.computed &&
            applied.callee.property.name !== 'apply'
          )
            applied = applied.callee.object;
          if (applied.type !== 'CallExpression') break;
          const routes = flatItems(args()).map((one) => ({
            path: textOf(one) ?? textOf(fieldOf(one, 'path')),
            controller: one.kind === 'class' ? nameOf(one) : null,
            method: verbs[nameOf(fieldOf(one, 'method') ?? { kind: 'unknown', text: '' })] ?? null,
          }));
          for (const one of applied.arguments)
            if (one.type !== 'SpreadElement')
              middlewares.push({ value: machine.evaluate(one, module.scope), routes });
          break;
        }
        default:
      }
      return true;
    });
  }
  return { prefix, versionPrefix, defaultVersion, guards, middlewares, listed };
}
