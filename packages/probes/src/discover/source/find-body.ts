import type { JsonSchema } from '@launch-ready/core';
import { schemaOf } from './body-schema.ts';
import { hearBody } from './heard-bodies.ts';
import type { Machine } from './machine.ts';
import { columnSchema } from './model-resource.ts';
import { fieldOf, flatItems, nameOf, packageOf, textOf, type Value } from './value.ts';

/**
 * The schema of a route's body: from its options, from a validator before the handler, or from what its handlers do with the
 * body.
 */
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
    schemaOf(fieldOf(given, 'body')) ??
    columnSchema(options);
  if (declared) return declared;
  const all = flatItems(handlers);
  for (const handler of all) {
    if (handler.kind !== 'call' || !/valid|schema|celebrate|body/i.test(nameOf(handler))) continue;
    const [first, second] = handler.args;
    if (/^(query|param|header|cookie)$/.test(textOf(first) ?? '')) continue;
    const found =
      schemaOf(fieldOf(first, 'body')) ??
      schemaOf(textOf(first) === null ? first : second) ??
      schemaOf(fieldOf(fieldOf(first, 'shape'), 'body'));
    if (found) return innerBody(found) ?? found;
  }
  // Functions in a wrapper of a package, such as `asyncHandler(async (request, response) => …)`.
  const functions = all.flatMap((handler) => (handler.kind === 'call' ? flatItems(handler.args) : [handler]));
  return checkedFields(all) ?? hearBody(machine, functions);
}

/** `z.object({ body: z.object(...) })`: a schema of the whole request. */
function innerBody(schema: JsonSchema): JsonSchema | null {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null || !('body' in properties)) return null;
  const { body } = properties;
  return typeof body === 'object' && body !== null && 'type' in body && body.type === 'object'
    ? { ...body }
    : null;
}

/** Fields that chains of express-validator look at: `body('email').isEmail()`. */
function checkedFields(handlers: readonly Value[]): JsonSchema | null {
  const fields = handlers.flatMap((handler): readonly (readonly [string, JsonSchema, boolean])[] => {
    if (packageOf(handler)?.module !== 'express-validator') return [];
    const calls: string[] = [];
    let at: Value = handler;
    let name: string | null = null;
    while (at.kind === 'call' || at.kind === 'member') {
      if (at.kind === 'call') name = textOf(at.args[0]);
      else calls.push(at.name);
      at = at.of;
    }
    const from = at.kind === 'package' ? (calls.at(-1) ?? at.name) : '';
    if (name === null || !/^(body|check)$/.test(at.kind === 'package' && at.name !== '*' ? at.name : from))
      return [];
    const format = calls.includes('isEmail')
      ? { type: 'string', format: 'email' }
      : calls.includes('isInt')
        ? { type: 'integer' }
        : calls.some((call) => call === 'isFloat' || call === 'isNumeric')
          ? { type: 'number' }
          : calls.includes('isBoolean')
            ? { type: 'boolean' }
            : {};
    return [[name, format, !calls.includes('optional')]];
  });
  if (fields.length === 0) return null;
  const required = fields.flatMap(([name, , asked]) => (asked ? [name] : []));
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, schema]) => [name, schema])),
    ...(required.length > 0 ? { required } : {}),
  };
}
