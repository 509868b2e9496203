import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageName } from './created-router.ts';
import type { Machine } from './machine.ts';
import { flatItems, literalValue, textOf, unknownValue, type Value } from './value.ts';

/** What calls of the language itself give: on lists, texts and objects, and on paths of files. Null for every other call. */
export function builtinCall(machine: Machine, callee: Value, args: readonly Value[]): Value | null {
  const from = packageName(callee);
  if (from && /^(node:)?path$/.test(from.module)) {
    const texts = args.map((arg) => textOf(arg));
    const known = texts.filter((text) => text !== null);
    if (known.length !== texts.length) return null;
    if (from.name === 'join') return literalValue(join(...known));
    if (from.name === 'resolve') return literalValue(resolve(...known));
    if (from.name === 'dirname') return literalValue(dirname(known[0] ?? ''));
  }
  if (from && /^(node:)?url$/.test(from.module) && from.name === 'fileURLToPath') {
    const text = textOf(args[0]);
    return text?.startsWith('file:') ? literalValue(fileURLToPath(text)) : null;
  }
  if (callee.kind === 'unknown') return objectCall(machine, callee.text, args);
  if (callee.kind !== 'member') return null;
  const { of, name } = callee;
  const [first] = args;
  if (name === 'then' && first?.kind === 'function') return machine.callFunction(first, [of]);
  if ((name === 'catch' || name === 'finally') && first?.kind === 'function') {
    machine.callFunction(first, []);
    return of;
  }
  if (of.kind === 'function') {
    if (name === 'bind') return of;
    if (name === 'call') return machine.callFunction(of, args.slice(1));
    return null;
  }
  if (of.kind === 'literal' && typeof of.value === 'string') {
    if (name === 'toLowerCase') return { ...of, value: of.value.toLowerCase() };
    if (name === 'toUpperCase') return { ...of, value: of.value.toUpperCase() };
    if (name === 'toString' || name === 'trim') return of;
    if (name === 'concat' && textOf(first) !== null) return { ...of, value: `${of.value}${textOf(first)}` };
    return null;
  }
  if (of.kind !== 'list') return null;
  const each = (): readonly Value[] =>
    first?.kind === 'function'
      ? of.items.map((item, index) => machine.callFunction(first, [item, literalValue(index), of]))
      : [];
  switch (name) {
    case 'forEach':
      each();
      return unknownValue();
    case 'map':
      return { kind: 'list', items: [...each()] };
    case 'flatMap':
      return { kind: 'list', items: [...flatItems(each())] };
    case 'flat':
      return { kind: 'list', items: [...flatItems(of.items)] };
    case 'filter':
    case 'slice':
    case 'sort':
    case 'reverse':
    case 'toSorted':
    case 'toReversed':
      return of;
    case 'concat':
      return { kind: 'list', items: [...of.items, ...flatItems(args)] };
    case 'push':
      of.items.push(...args);
      return unknownValue();
    case 'join': {
      const texts = of.items.map((item) => textOf(item));
      return texts.every((text) => text !== null) ? literalValue(texts.join(textOf(first) ?? ',')) : null;
    }
    default:
      return null;
  }
}

function objectCall(machine: Machine, name: string, args: readonly Value[]): Value | null {
  const [first, ...more] = args;
  if (name === 'Object.freeze' || name === 'Object.seal' || name === 'structuredClone') return first ?? null;
  if (name === 'Promise.all') return first ?? null;
  if (name === 'Array.from') return first?.kind === 'list' ? first : null;
  if (first?.kind !== 'object') return null;
  const entries = [...first.fields];
  if (name === 'Object.keys') return { kind: 'list', items: entries.map(([key]) => literalValue(key)) };
  if (name === 'Object.values') return { kind: 'list', items: entries.map(([, value]) => value) };
  if (name === 'Object.entries')
    return {
      kind: 'list',
      items: entries.map(([key, value]) => ({ kind: 'list', items: [literalValue(key), value] })),
    };
  if (name === 'Object.assign') {
    for (const other of more)
      if (other.kind === 'object') for (const [key, value] of other.fields) first.fields.set(key, value);
    return first;
  }
  return null;
}
