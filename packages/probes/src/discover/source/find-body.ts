import type { JsonSchema } from '@launch-ready/core';
import { schemaOf } from './body-schema.ts';
import type { Machine } from './machine.ts';
import { fieldOf, flatItems, nameOf, textOf, type Value } from './value.ts';
import { walkNodes } from './walk-nodes.ts';

/** The schema of a route's body: from its options, from a validator before the handler, or from a `parse` of the body in it. */
export function findBody(
  machine: Machine,
  handlers: readonly Value[],
  options: Value | null,
): JsonSchema | null {
  const given = options ?? undefined;
  const content = fieldOf(fieldOf(fieldOf(fieldOf(given, 'request'), 'body'), 'content'), 'application/json');
  const declared =
    schemaOf(fieldOf(fieldOf(given, 'schema'), 'body')) ??
    schemaOf(fieldOf(content, 'schema')) ??
    schemaOf(fieldOf(given, 'body'));
  if (declared) return declared;
  for (const handler of flatItems(handlers)) {
    if (handler.kind !== 'call' || !/valid|schema|celebrate|body/i.test(nameOf(handler))) continue;
    const [first, second] = handler.args;
    if (/^(query|param|header|cookie)$/.test(textOf(first) ?? '')) continue;
    const found =
      schemaOf(fieldOf(first, 'body')) ??
      schemaOf(textOf(first) === null ? first : second) ??
      schemaOf(fieldOf(fieldOf(first, 'shape'), 'body'));
    if (found) return found['properties'] && isBodyWrapper(found) ? innerBody(found) : found;
  }
  const last = flatItems(handlers).at(-1);
  const fn = last?.kind === 'call' ? flatItems(last.args).find(({ kind }) => kind === 'function') : last;
  if (fn?.kind !== 'function') return null;
  const { module } = fn.scope;
  let found: JsonSchema | null = null;
  walkNodes(fn.node, (node) => {
    if (found !== null || node.type !== 'CallExpression') return;
    const { callee } = node;
    if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type === 'Super') return;
    if (!/^(parse|safeParse|parseAsync|safeParseAsync|validate|validateAsync)$/.test(callee.property.name))
      return;
    const [first] = node.arguments;
    if (first === undefined || !/body|json\(\)|payload|data/i.test(module.textOf(first))) return;
    found = schemaOf(machine.evaluate(callee.object, fn.scope));
  });
  return found;
}

/** `z.object({ body: z.object(...) })`: a schema of the whole request. */
const isBodyWrapper = (schema: JsonSchema): boolean => innerBody(schema) !== null;
function innerBody(schema: JsonSchema): JsonSchema | null {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null || !('body' in properties)) return null;
  const { body } = properties;
  return typeof body === 'object' && body !== null ? { ...body } : null;
}
