import type { Declaration, Directive, Expression, Statement } from 'oxc-parser';
import type { Machine } from './machine.ts';
import { bindPattern } from './scope.ts';
import { unknownValue, type Scope, type Value } from './value.ts';

type Line = Directive | Statement;

/**
 * Reads statements one after the other. Both branches of an `if` are read, loops over known lists go through them, and what is
 * returned anywhere is collected.
 */
export function runStatements(
  machine: Machine,
  lines: readonly Line[],
  scope: Scope,
  returned: Value[],
): void {
  for (const line of lines) hoist(machine, line, scope);
  for (const line of lines) runStatement(machine, line, scope, returned);
}

function hoist(machine: Machine, line: Line, scope: Scope): void {
  const node: Line | Declaration | null =
    line.type === 'ExportNamedDeclaration'
      ? line.declaration
      : line.type === 'ExportDefaultDeclaration' &&
          (line.declaration.type === 'FunctionDeclaration' || line.declaration.type === 'ClassDeclaration')
        ? line.declaration
        : line;
  if (node === null) return;
  if (node.type === 'FunctionDeclaration' && node.id)
    scope.names.set(node.id.name, {
      value: { kind: 'function', name: node.id.name, node, scope },
      make: null,
    });
  else if (node.type === 'ClassDeclaration' && node.id)
    scope.names.set(node.id.name, { value: { kind: 'class', node, scope }, make: null });
  else if (node.type === 'VariableDeclaration') {
    // A function that runs before the line is reached can still see what a constant will be.
    for (const { id, init } of node.declarations)
      if (id.type === 'Identifier')
        scope.names.set(id.name, {
          value: null,
          make: init ? () => named(machine.evaluate(init, scope), id.name) : null,
        });
  } else if (node.type === 'TSEnumDeclaration')
    scope.names.set(node.id.name, {
      value: null,
      make: () => {
        const fields = new Map<string, Value>();
        for (const { id, initializer } of node.body.members)
          if (id.type === 'Identifier' && initializer)
            fields.set(id.name, machine.evaluate(initializer, scope));
        return { kind: 'object', fields };
      },
    });
}

const named = (value: Value, name: string): Value =>
  value.kind === 'function' && value.name === ''
    ? { ...value, name }
    : value.kind === 'unknown' && value.text === ''
      ? unknownValue(name)
      : value;

function runStatement(machine: Machine, node: Line, scope: Scope, returned: Value[]): void {
  const run = (line: Statement | null | undefined): void => {
    if (line) runStatement(machine, line, scope, returned);
  };
  const read = (expression: Expression): Value => machine.evaluate(expression, scope);
  if (machine.left < 0) return;
  switch (node.type) {
    case 'ExpressionStatement':
      read(node.expression);
      return;
    case 'VariableDeclaration':
      for (const { id, init } of node.declarations) {
        if (id.type === 'Identifier') {
          if (init) read({ type: 'Identifier', name: id.name, start: id.start, end: id.end });
        } else if (init) bindPattern(machine, id, read(init), scope);
      }
      return;
    case 'ReturnStatement':
      if (node.argument) returned.push(read(node.argument));
      return;
    case 'BlockStatement':
      runStatements(machine, node.body, { ...scope, names: new Map(), parent: scope }, returned);
      return;
    case 'IfStatement':
      read(node.test);
      run(node.consequent);
      run(node.alternate);
      return;
    case 'TryStatement':
      run(node.block);
      run(node.handler?.body);
      run(node.finalizer);
      return;
    case 'SwitchStatement':
      for (const one of node.cases) for (const line of one.consequent) run(line);
      return;
    case 'ForOfStatement': {
      const over = read(node.right);
      const items = over.kind === 'list' ? over.items : [unknownValue()];
      for (const item of items) {
        const inner: Scope = { ...scope, names: new Map(), parent: scope };
        if (node.left.type === 'VariableDeclaration')
          for (const { id } of node.left.declarations) bindPattern(machine, id, item, inner);
        runStatement(machine, node.body, inner, returned);
      }
      return;
    }
    case 'ForInStatement': {
      const over = read(node.right);
      const keys = over.kind === 'object' ? [...over.fields.keys()] : [];
      for (const key of keys) {
        const inner: Scope = { ...scope, names: new Map(), parent: scope };
        if (node.left.type === 'VariableDeclaration')
          for (const { id } of node.left.declarations)
            bindPattern(machine, id, { kind: 'literal', value: key, at: null }, inner);
        runStatement(machine, node.body, inner, returned);
      }
      return;
    }
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      run(node.body);
      return;
    case 'ExportNamedDeclaration':
      if (node.declaration?.type === 'VariableDeclaration')
        runStatement(machine, node.declaration, scope, returned);
      return;
    case 'ExportDefaultDeclaration':
      if (
        node.declaration.type !== 'FunctionDeclaration' &&
        node.declaration.type !== 'ClassDeclaration' &&
        node.declaration.type !== 'TSInterfaceDeclaration'
      )
        scope.module.exports.get('default')?.();
      return;
    case 'TSExportAssignment':
      scope.module.common = read(node.expression);
      return;
    default:
  }
}
