import type { Call } from './call.ts';
import { builtinCall } from './builtin-call.ts';
import { createdBy } from './created-router.ts';
import type { Machine } from './machine.ts';
import { modelResource } from './model-resource.ts';
import type { Router } from './router.ts';
import { chainCall, routerCall } from './router-call.ts';
import { bindPattern } from './scope.ts';
import {
  flatItems,
  textOf,
  unknownValue,
  type ClassValue,
  type FunctionValue,
  type InstanceValue,
  type Scope,
  type Value,
} from './value.ts';

const deepest = 40;
/** Callbacks are looked into only when they may touch routes. */
const mayRoute =
  /\.(get|post|put|patch|delete|use|route|register|all|listen|on)\s*\(|express\s*\(|fastify\s*\(|new Hono/i;

/** What a call gives. Routes and mounts are kept as they pass by. */
export function callValue(machine: Machine, call: Call): Value {
  const { callee, args, node, scope } = call;
  const { module } = scope;
  const at = machine.placeOf(module, node);
  machine.hearing?.call(callee, args);
  if (callee.kind === 'unknown' && callee.text === 'require') {
    const specifier = textOf(args[0]);
    if (specifier !== null) {
      const required = machine.moduleValue(module, specifier, node);
      return required.kind === 'module' ? (required.module.common ?? required) : required;
    }
    if (args.length > 0)
      machine.problem(module, node, 'a file is required by a computed name and is not followed');
    return unknownValue();
  }
  if (callee.kind === 'function') {
    if (node.type === 'NewExpression') return unknownValue();
    return callFunction(machine, callee, args);
  }
  if (callee.kind === 'class')
    return node.type === 'NewExpression' ? newInstance(machine, callee, args) : unknownValue();
  if (callee.kind === 'member') {
    if (callee.of.kind === 'router') {
      const result = routerCall(machine, { router: callee.of.router, name: callee.name, args, at, call });
      if (result !== null) return result;
    }
    if (callee.of.kind === 'chain') return chainCall(callee.of, callee.name, args, at);
  }
  const created =
    createdBy(machine, callee, args, at) ??
    modelResource(machine, call, at) ??
    builtinCall(machine, callee, args);
  if (created !== null) return created;
  for (const arg of flatItems(args)) {
    if (arg.kind === 'router') serve(arg.router);
    if (arg.kind === 'object') machine.served.push({ value: { kind: 'call', of: callee, args, at }, at });
    if (
      arg.kind === 'function' &&
      (machine.hearing !== null || mayRoute.test(arg.scope.module.textOf(arg.node)))
    )
      callFunction(machine, arg, []);
  }
  return { kind: 'call', of: callee, args, at };
}

/** A router that was handed to something outside answers requests itself. */
function serve(router: Router): void {
  let at = router;
  while (at.framework === 'hono' && at.parent !== null) at = at.parent;
  at.root = true;
}

/** Reads the body of a function with these arguments; gives what it returns. */
export function callFunction(machine: Machine, fn: FunctionValue, args: readonly Value[]): Value {
  const { node, scope } = fn;
  if (!node.body || machine.left < 0 || machine.stack.length > deepest) return unknownValue();
  if (machine.stack.filter((running) => running === node).length > 1) return unknownValue();
  machine.stack.push(node);
  machine.entered.add(node);
  const inner: Scope = { ...scope, names: new Map(), parent: scope, self: null };
  for (const [index, parameter] of node.params.entries()) {
    const value: Value =
      parameter.type === 'RestElement'
        ? { kind: 'list', items: args.slice(index) }
        : (args[index] ?? unknownValue());
    bindPattern(machine, parameter, value, inner);
  }
  const returned: Value[] = [];
  if (node.body.type === 'BlockStatement') machine.runStatements(node.body.body, inner, returned);
  else returned.push(machine.evaluate(node.body, inner));
  machine.stack.pop();
  return returned.toSorted((a, b) => worth(b) - worth(a))[0] ?? unknownValue();
}

/** How much a returned value tells. */
const worth = (value: Value): number =>
  value.kind === 'router'
    ? 4
    : value.kind === 'unknown'
      ? 0
      : value.kind === 'literal'
        ? 1
        : value.kind === 'call'
          ? 2
          : 3;

/** Makes an object of a class of the repository, by reading its fields and its constructor. */
export function newInstance(
  machine: Machine,
  of: ClassValue,
  args: readonly Value[],
  self: InstanceValue = { kind: 'instance', of, fields: new Map() },
): InstanceValue {
  const scope: Scope = { ...of.scope, names: new Map(), parent: of.scope, self };
  const parent = of.node.superClass ? machine.evaluate(of.node.superClass, of.scope) : null;
  const constructor = of.node.body.body.find(
    (element) => element.type === 'MethodDefinition' && element.kind === 'constructor',
  );
  if (parent?.kind === 'class' && !constructor && machine.stack.length < deepest)
    newInstance(machine, parent, args, self);
  for (const element of of.node.body.body) {
    if (element.type !== 'PropertyDefinition' || element.static || !element.value) continue;
    const { key } = element;
    const name = key.type === 'Identifier' || key.type === 'PrivateIdentifier' ? key.name : null;
    if (name !== null) self.fields.set(name, machine.evaluate(element.value, scope));
  }
  if (constructor?.type !== 'MethodDefinition') return self;
  for (const [index, parameter] of constructor.value.params.entries()) {
    if (parameter.type !== 'TSParameterProperty') continue;
    const { parameter: inner } = parameter;
    const id = inner.type === 'AssignmentPattern' ? inner.left : inner;
    if (id.type === 'Identifier') self.fields.set(id.name, args[index] ?? unknownValue(id.name));
  }
  callFunction(machine, { kind: 'function', name: 'constructor', node: constructor.value, scope }, args);
  return self;
}
