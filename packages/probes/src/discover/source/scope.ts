import type { AssignmentTarget, BindingPattern, ParamPattern } from 'oxc-parser';
import { keyOf } from './property-key.ts';
import type { Machine } from './machine.ts';
import { unknownValue, type Cell, type Scope, type Value } from './value.ts';

/** What a name stands for where it is used. */
export function lookUp(machine: Machine, scope: Scope, name: string): Value {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const cell = at.names.get(name);
    if (cell) return valueOf(cell, name);
  }
  if (name === '__dirname' || name === '__filename') {
    const { file } = scope.module;
    return {
      kind: 'literal',
      value: name === '__filename' ? file : file.replace(/[\\/][^\\/]*$/, ''),
      at: null,
    };
  }
  return unknownValue(name);
}

function valueOf(cell: Cell, name: string): Value {
  if (cell.value === null && cell.make !== null) {
    const { make } = cell;
    cell.make = null;
    cell.value = make();
  }
  return cell.value ?? unknownValue(name);
}

/** Gives names to the parts of a value, as a declaration or a parameter does. */
export function bindPattern(
  machine: Machine,
  pattern: BindingPattern | ParamPattern,
  value: Value,
  scope: Scope,
): void {
  switch (pattern.type) {
    case 'Identifier': {
      const named = value.kind === 'function' && value.name === '' ? { ...value, name: pattern.name } : value;
      const known = named.kind === 'unknown' && named.text === '' ? unknownValue(pattern.name) : named;
      scope.names.set(pattern.name, { value: known, make: null });
      return;
    }
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') {
          bindPattern(machine, property.argument, value, scope);
          continue;
        }
        const name = keyOf(machine, property.key, property.computed, scope);
        bindPattern(
          machine,
          property.value,
          name === null ? unknownValue() : machine.memberOf(value, name),
          scope,
        );
      }
      return;
    case 'ArrayPattern':
      for (const [index, element] of pattern.elements.entries()) {
        if (element === null) continue;
        const item = value.kind === 'list' ? value.items[index] : undefined;
        if (element.type === 'RestElement')
          bindPattern(
            machine,
            element.argument,
            value.kind === 'list' ? { kind: 'list', items: value.items.slice(index) } : unknownValue(),
            scope,
          );
        else bindPattern(machine, element, item ?? unknownValue(), scope);
      }
      return;
    case 'AssignmentPattern': {
      const given = value.kind === 'unknown' ? machine.evaluate(pattern.right, scope) : value;
      bindPattern(machine, pattern.left, given, scope);
      return;
    }
    case 'RestElement':
      bindPattern(machine, pattern.argument, value, scope);
      return;
    default:
      bindPattern(machine, pattern.parameter, value, scope);
  }
}

/** What an assignment changes: a name, a field of something known, or what a CommonJS file exports. */
export function assignTo(machine: Machine, target: AssignmentTarget, value: Value, scope: Scope): void {
  if (target.type === 'Identifier') {
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      const cell = at.names.get(target.name);
      if (!cell) continue;
      cell.value = value;
      cell.make = null;
      return;
    }
    return;
  }
  if (target.type !== 'MemberExpression') return;
  const { module } = scope;
  const text = module.textOf(target);
  const name = target.computed ? null : target.property.name;
  if (text === 'module.exports') {
    module.common = value;
    return;
  }
  if (/^(module\.)?exports\.\w+$/.test(text) && name !== null) {
    const before = module.common;
    if (before?.kind === 'object') before.fields.set(name, value);
    module.exports.set(name, () => value);
    return;
  }
  if (target.object.type === 'Super' || name === null) return;
  const owner = machine.evaluate(target.object, scope);
  if (owner.kind === 'object' || owner.kind === 'instance') owner.fields.set(name, value);
}
