import type { BindingPattern, Node, Program } from 'oxc-parser';
import type { Machine } from './machine.ts';
import type { SourceModule } from './source-module.ts';
import { unknownValue, type Value } from './value.ts';

/** What an import or a `require` gives: a file of the repository, or a package by name. */
export function moduleValue(machine: Machine, from: SourceModule, specifier: string, node: Node): Value {
  const place = machine.resolve(from.file, specifier);
  if (place.kind === 'outside') return { kind: 'package', module: specifier, name: '*' };
  const module = place.kind === 'file' ? machine.load(place.file) : null;
  if (module === null) {
    if (!/\.(css|scss|json|svg|png|node|graphql|gql|sql|txt|html|md|wasm)$/.test(specifier))
      machine.problem(from, node, `imports ${specifier}, which is not there`);
    return unknownValue(specifier);
  }
  runModule(machine, module);
  return { kind: 'module', module };
}

/** Reads a file from top to bottom, once. */
export function runModule(machine: Machine, module: SourceModule): void {
  if (module.state !== 'waiting') return;
  module.state = 'running';
  link(machine, module, module.program);
  machine.runStatements(module.program.body, module.scope, []);
  module.state = 'done';
}

/** What a file gives under a name. CommonJS and modules may be mixed, as compilers allow. */
export function exportOf(machine: Machine, module: SourceModule, name: string, depth = 0): Value {
  runModule(machine, module);
  if (module.common !== null)
    return name === 'default' && module.common.kind !== 'object'
      ? module.common
      : name === 'default' && module.common.kind === 'object'
        ? (module.common.fields.get('default') ?? module.common)
        : machine.memberOf(module.common, name);
  const own = module.exports.get(name);
  if (own) return own();
  if (depth < 12 && name !== 'default') {
    for (const specifier of module.reexports) {
      const place = machine.resolve(module.file, specifier);
      const next = place.kind === 'file' ? machine.load(place.file) : null;
      if (next === null) continue;
      runModule(machine, next);
      const found = exportOf(machine, next, name, depth + 1);
      if (found.kind !== 'unknown') return found;
    }
  }
  return unknownValue(name === 'default' ? '' : name);
}

/** Makes the names of a file's imports and exports known, before it is read. */
function link(machine: Machine, module: SourceModule, program: Program): void {
  const { names } = module.scope;
  const local = (name: string): Value =>
    machine.evaluate({ type: 'Identifier', name, start: 0, end: 0 }, module.scope);
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      if (node.importKind === 'type') continue;
      const specifier = node.source.value;
      if (node.specifiers.length === 0) moduleValue(machine, module, specifier, node);
      for (const part of node.specifiers) {
        const wanted =
          part.type === 'ImportNamespaceSpecifier'
            ? '*'
            : part.type === 'ImportDefaultSpecifier'
              ? 'default'
              : nameIn(part.imported);
        names.set(part.local.name, {
          value: null,
          make: () => importOf(machine, module, specifier, wanted, node),
        });
      }
    } else if (node.type === 'ExportNamedDeclaration') {
      if (node.exportKind === 'type') continue;
      const from = node.source?.value;
      for (const part of node.specifiers) {
        const [inner, outer] = [nameIn(part.local), nameIn(part.exported)];
        module.exports.set(outer, () =>
          from === undefined ? local(inner) : importOf(machine, module, from, inner, node),
        );
      }
      const { declaration } = node;
      if (declaration?.type === 'VariableDeclaration')
        for (const { id } of declaration.declarations)
          for (const name of namesIn(id)) module.exports.set(name, () => local(name));
      else if (declaration && 'id' in declaration && declaration.id?.type === 'Identifier') {
        const { name } = declaration.id;
        module.exports.set(name, () => local(name));
      }
    } else if (node.type === 'ExportDefaultDeclaration') {
      const { declaration } = node;
      const named = 'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : null;
      if (declaration.type === 'TSInterfaceDeclaration') continue;
      if (
        named !== null &&
        declaration.type !== 'FunctionExpression' &&
        declaration.type !== 'ClassExpression'
      )
        module.exports.set('default', () => local(named));
      else {
        let value: Value | null = null;
        module.exports.set('default', () => {
          if (
            declaration.type === 'FunctionDeclaration' ||
            declaration.type === 'TSDeclareFunction' ||
            declaration.type === 'TSEmptyBodyFunctionExpression'
          )
            value ??= { kind: 'function', name: '', node: declaration, scope: module.scope };
          else if (declaration.type === 'ClassDeclaration')
            value ??= { kind: 'class', node: declaration, scope: module.scope };
          else value ??= machine.evaluate(declaration, module.scope);
          return value;
        });
      }
    } else if (node.type === 'ExportAllDeclaration') {
      if (node.exported === null) module.reexports.push(node.source.value);
      else {
        const name = nameIn(node.exported);
        module.exports.set(name, () => moduleValue(machine, module, node.source.value, node));
      }
    }
  }
}

function importOf(machine: Machine, from: SourceModule, specifier: string, name: string, node: Node): Value {
  const value = moduleValue(machine, from, specifier, node);
  if (name === '*') return value;
  if (value.kind === 'package') return { ...value, name };
  return value.kind === 'module' ? exportOf(machine, value.module, name) : unknownValue(name);
}

const nameIn = (name: { readonly type: string; readonly name?: string; readonly value?: string }): string =>
  name.name ?? name.value ?? '';

function namesIn(pattern: BindingPattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) =>
        element === null ? [] : namesIn(element.type === 'RestElement' ? element.argument : element),
      );
    default:
      return namesIn(pattern.left);
  }
}
