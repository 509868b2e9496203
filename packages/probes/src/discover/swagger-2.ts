import type { BodyShape, JsonSchema } from '@launch-ready/core';
import type { JsonObject } from './parse-document.ts';
import { preferredType } from './preferred-type.ts';

/** The schema that a parameter of Swagger 2.0 spells out in itself. A file is a text of bytes, as OpenAPI 3 puts it. */
export function parameterSchema(parameter: JsonObject): JsonSchema {
  const {
    name: _name,
    in: _in,
    required: _required,
    collectionFormat: _format,
    allowEmptyValue: _empty,
    ...schema
  } = parameter;
  return schema['type'] === 'file' ? { ...schema, type: 'string', format: 'binary' } : schema;
}

/** What the `body` or `formData` parameters of a Swagger 2.0 operation say of its body. */
export function swaggerBody(
  parameters: readonly JsonObject[],
  consumes: readonly string[],
  expanded: (schema: unknown) => JsonSchema | undefined,
): BodyShape | undefined {
  const whole = parameters.findLast((parameter) => parameter['in'] === 'body');
  if (whole) {
    const schema = expanded(whole['schema']);
    return {
      contentType: preferredType(consumes) ?? 'application/json',
      required: whole['required'] === true,
      ...(schema ? { schema } : {}),
    };
  }
  const fields = new Map(
    parameters.flatMap((parameter): [string, JsonObject][] =>
      parameter['in'] === 'formData' && typeof parameter['name'] === 'string'
        ? [[parameter['name'], parameter]]
        : [],
    ),
  );
  if (fields.size === 0) return undefined;
  const properties = Object.fromEntries(
    [...fields].map(([name, parameter]) => [name, expanded(parameterSchema(parameter)) ?? {}]),
  );
  const required = [...fields].flatMap(([name, parameter]) => (parameter['required'] === true ? [name] : []));
  const hasFile = [...fields.values()].some((parameter) => parameter['type'] === 'file');
  const usual = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  return {
    contentType:
      (hasFile
        ? consumes.find((type) => /multipart/i.test(type))
        : consumes.find((type) => /form/i.test(type))) ?? usual,
    required: required.length > 0,
    schema: { type: 'object', properties, required },
  };
}
