import type { PropertyKey } from 'oxc-parser';
import type { Machine } from './machine.ts';
import type { Scope } from './value.ts';

/** The name of a property, or null when it is computed and cannot be told. */
export function keyOf(machine: Machine, key: PropertyKey, computed: boolean, scope: Scope): string | null {
  if (key.type === 'PrivateIdentifier') return key.name;
  if (!computed && key.type === 'Identifier') return key.name;
  if (key.type === 'Literal') return String(key.value);
  const value = machine.evaluate(key, scope);
  return value.kind === 'literal' ? String(value.value) : null;
}
