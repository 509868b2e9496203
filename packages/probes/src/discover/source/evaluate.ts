import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Expression, ObjectExpression } from 'oxc-parser';
import { eitherSchema } from './body-schema.ts';
import type { Machine } from './machine.ts';
import { keyOf } from './property-key.ts';
import { assignTo, lookUp } from './scope.ts';
import { literalValue, textOf, unknownValue, type Scope, type Value } from './value.ts';

/**
 * What an expression stands for. Nothing of the repository is run: known texts, objects, functions and routers are followed,
 * everything else stays unknown under the name it has in the source.
 */
export function evaluate(machine: Machine, node: Expression, scope: Scope): Value {
  machine.left -= 1;
  if (machine.left < 0) return unknownValue();
  const { module } = scope;
  const read = (part: Expression): Value => evaluate(machine, part, scope);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'object' || typeof node.value === 'bigint'
        ? node.value === null && module.textOf(node) === 'null'
          ? literalValue(null)
          : unknownValue(module.textOf(node))
        : literalValue(node.value, machine.placeOf(module, node));
    case 'TemplateLiteral': {
      let text = '';
      for (const [index, quasi] of node.quasis.entries()) {
        text += quasi.value.cooked ?? '';
        const part = node.expressions[index];
        if (part === undefined) continue;
        const value = read(part);
        if (value.kind !== 'literal') return unknownValue(module.textOf(node));
        text += String(value.value);
      }
      return literalValue(text, machine.placeOf(module, node));
    }
    case 'Identifier':
      return lookUp(machine, scope, node.name);
    case 'ThisExpression': {
      for (let at: Scope | null = scope; at !== null; at = at.parent) if (at.self) return at.self;
      return unknownValue('this');
    }
    case 'MemberExpression': {
      if (node.object.type === 'MetaProperty' && !node.computed)
        return literalValue(ownPlace(module.file, node.property.name));
      const owner = node.object.type === 'Super' ? unknownValue('super') : read(node.object);
      if (!node.computed) return machine.memberOf(owner, node.property.name);
      const key = read(node.property);
      return key.kind === 'literal'
        ? machine.memberOf(owner, String(key.value))
        : owner.kind === 'router'
          ? { kind: 'member', of: owner, name: '[]' }
          : unknownValue(module.textOf(node).slice(0, 60));
    }
    case 'CallExpression':
    case 'NewExpression': {
      const args = node.arguments.flatMap((argument): readonly Value[] => {
        if (argument.type !== 'SpreadElement') return [read(argument)];
        const list = read(argument.argument);
        return list.kind === 'list' ? list.items : [unknownValue('...')];
      });
      if (node.callee.type === 'Super') {
        const self = read({ type: 'ThisExpression', start: node.start, end: node.start });
        const parent = self.kind === 'instance' ? self.of.node.superClass : null;
        const base = parent && self.kind === 'instance' ? evaluate(machine, parent, self.of.scope) : null;
        if (base?.kind === 'class' && self.kind === 'instance') machine.newInstance(base, args, self);
        return unknownValue();
      }
      return machine.callValue({ callee: read(node.callee), args, node, scope });
    }
    case 'ArrayExpression':
      return {
        kind: 'list',
        items: node.elements.flatMap((item): readonly Value[] => {
          if (item === null) return [];
          if (item.type !== 'SpreadElement') return [read(item)];
          const spread = read(item.argument);
          return spread.kind === 'list' ? spread.items : [unknownValue('...')];
        }),
      };
    case 'ObjectExpression':
      return readObject(machine, node, scope);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return { kind: 'function', name: node.id?.name ?? '', node, scope };
    case 'ClassExpression':
      return { kind: 'class', node, scope };
    case 'AssignmentExpression': {
      const value = read(node.right);
      assignTo(machine, node.left, value, scope);
      return value;
    }
    case 'ConditionalExpression': {
      const [one, other] = [read(node.consequent), read(node.alternate)];
      const either = eitherSchema(one, other);
      if (either) return either;
      return one.kind === 'unknown' || (one.kind === 'literal' && one.value === null) ? other : one;
    }
    case 'LogicalExpression': {
      const left = read(node.left);
      // `process.env.PREFIX ?? '/api'`: what stands in the source is what is known.
      if (node.operator === '&&') return read(node.right);
      return left.kind === 'unknown' || (left.kind === 'member' && textOf(left) === null)
        ? read(node.right)
        : left;
    }
    case 'BinaryExpression': {
      if (node.operator !== '+') return unknownValue();
      const [left, right] = [read(node.left), read(node.right)];
      return left.kind === 'literal' && right.kind === 'literal'
        ? literalValue(`${String(left.value)}${String(right.value)}`, machine.placeOf(module, node))
        : unknownValue(module.textOf(node).slice(0, 80));
    }
    case 'AwaitExpression':
      return read(node.argument);
    case 'UnaryExpression':
      read(node.argument);
      return unknownValue();
    case 'SequenceExpression':
      return node.expressions.map(read).at(-1) ?? unknownValue();
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      return read(node.expression);
    case 'ImportExpression': {
      const specifier = textOf(read(node.source));
      if (specifier !== null) return machine.moduleValue(module, specifier, node);
      machine.problem(module, node, 'an import with a computed name is not followed');
      return unknownValue();
    }
    case 'MetaProperty':
      return unknownValue('import.meta');
    default:
      return unknownValue(module.textOf(node).slice(0, 60));
  }
}

/** What `import.meta` says of the file it stands in. */
function ownPlace(file: string, name: string): string {
  if (name === 'dirname') return dirname(file);
  return name === 'url' ? pathToFileURL(file).href : file;
}

function readObject(machine: Machine, node: ObjectExpression, scope: Scope): Value {
  const fields = new Map<string, Value>();
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = evaluate(machine, property.argument, scope);
      const more = spread.kind === 'module' ? moduleFields(machine, spread) : spread;
      if (more.kind === 'object') for (const [name, value] of more.fields) fields.set(name, value);
      continue;
    }
    const name = keyOf(machine, property.key, property.computed, scope);
    if (name === null) continue;
    const value = evaluate(machine, property.value, scope);
    fields.set(name, value.kind === 'function' && value.name === '' ? { ...value, name } : value);
  }
  return { kind: 'object', fields };
}

function moduleFields(machine: Machine, value: Extract<Value, { kind: 'module' }>): Value {
  const fields = new Map<string, Value>();
  for (const name of value.module.exports.keys()) fields.set(name, machine.exportOf(value.module, name));
  return { kind: 'object', fields };
}
