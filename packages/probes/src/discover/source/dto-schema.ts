import type { JsonSchema } from '@launch-ready/core';
import type { Machine } from './machine.ts';
import type { ClassValue } from './value.ts';

const formats: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  IsEmail: { type: 'string', format: 'email' },
  IsUUID: { type: 'string', format: 'uuid' },
  IsUrl: { type: 'string', format: 'uri' },
  IsDateString: { type: 'string', format: 'date-time' },
  IsInt: { type: 'integer' },
  IsNumber: { type: 'number' },
  IsBoolean: { type: 'boolean' },
  IsString: { type: 'string' },
  IsArray: { type: 'array' },
};
const keywords: Readonly<Record<string, string>> = {
  TSStringKeyword: 'string',
  TSNumberKeyword: 'number',
  TSBooleanKeyword: 'boolean',
};

/** The schema of a class of fields, by their types and the decorators of class-validator. */
export function dtoSchema(machine: Machine, dto: ClassValue, depth = 0): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  const parent = dto.node.superClass && depth < 3 ? machine.evaluate(dto.node.superClass, dto.scope) : null;
  if (parent?.kind === 'class')
    Object.assign(properties, dtoSchema(machine, parent, depth + 1)['properties']);
  for (const element of dto.node.body.body) {
    if (element.type !== 'PropertyDefinition' || element.key.type !== 'Identifier') continue;
    const names = element.decorators.flatMap(({ expression }) => {
      const callee = expression.type === 'CallExpression' ? expression.callee : expression;
      return callee.type === 'Identifier' ? [callee.name] : [];
    });
    const type = element.typeAnnotation?.typeAnnotation;
    const keyword = keywords[type?.type ?? ''];
    const named = names.flatMap((name) => formats[name] ?? []);
    properties[element.key.name] = Object.assign({}, keyword ? { type: keyword } : {}, ...named);
    if (!element.optional && !names.includes('IsOptional')) required.push(element.key.name);
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}
