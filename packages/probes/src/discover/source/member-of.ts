import { keyOf } from './property-key.ts';
import type { Machine } from './machine.ts';
import type { Router } from './router.ts';
import { unknownValue, type ClassValue, type FunctionValue, type Value } from './value.ts';

/** What `owner.name` stands for. */
export function memberOf(machine: Machine, owner: Value, name: string): Value {
  switch (owner.kind) {
    case 'object':
      return owner.fields.get(name) ?? { kind: 'member', of: owner, name };
    case 'instance': {
      const own = owner.fields.get(name);
      if (own) return own;
      return classMember(machine, owner.of, name, owner, false) ?? { kind: 'member', of: owner, name };
    }
    case 'class':
      return classMember(machine, owner, name, owner, true) ?? { kind: 'member', of: owner, name };
    case 'module': {
      const found = machine.exportOf(owner.module, name);
      return found;
    }
    case 'package':
      return owner.name === '*'
        ? { ...owner, name }
        : name === 'default'
          ? owner
          : { kind: 'member', of: owner, name };
    case 'router':
      return decoration(owner.router, name) ?? { kind: 'member', of: owner, name };
    case 'list': {
      const item = owner.items[Number(name)];
      return item ?? { kind: 'member', of: owner, name };
    }
    case 'unknown':
      return unknownValue(owner.text === '' ? name : `${owner.text}.${name}`);
    default:
      return { kind: 'member', of: owner, name };
  }
}

function decoration(router: Router, name: string): Value | undefined {
  for (let at: Router | null = router; at !== null; at = at.parent) {
    const found = at.decorations.get(name);
    if (found) return found;
  }
  return undefined;
}

/** A method, a getter or a field of a class, or of what it extends. */
function classMember(
  machine: Machine,
  owner: ClassValue,
  name: string,
  self: Value,
  isStatic: boolean,
  depth = 0,
): Value | null {
  for (const element of owner.node.body.body) {
    if (element.type !== 'MethodDefinition' && element.type !== 'PropertyDefinition') continue;
    if (element.static !== isStatic || keyOf(machine, element.key, element.computed, owner.scope) !== name)
      continue;
    const scope = { ...owner.scope, names: new Map(), parent: owner.scope, self };
    if (!('kind' in element)) return element.value ? machine.evaluate(element.value, scope) : null;
    const method: FunctionValue = { kind: 'function', name, node: element.value, scope };
    return element.kind === 'get' ? machine.callFunction(method, []) : method;
  }
  if (owner.node.superClass === null || depth > 5) return null;
  const parent = machine.evaluate(owner.node.superClass, owner.scope);
  return parent.kind === 'class' ? classMember(machine, parent, name, self, isStatic, depth + 1) : null;
}
