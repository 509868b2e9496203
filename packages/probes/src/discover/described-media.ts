import type { BodyShape, JsonSchema, ResponseShape } from '@launch-ready/core';
import { isObject, listOf, type JsonObject } from './parse-document.ts';
import { preferredType } from './preferred-type.ts';
import type { RefResolver } from './resolve-refs.ts';
import { swaggerBody } from './swagger-2.ts';

/** How many parts of a schema are kept. */
const bodyLimit = 1500;
const responseLimit = 400;

/** The body that an operation is described with. */
export function bodyOf(
  described: JsonObject,
  parameters: readonly JsonObject[],
  document: JsonObject,
  resolver: RefResolver,
): BodyShape | undefined {
  const requestBody = resolver.follow(described['requestBody']);
  if (isObject(requestBody)) {
    const content = isObject(requestBody['content']) ? requestBody['content'] : {};
    const contentType = preferredType(Object.keys(content));
    if (contentType === undefined) return undefined;
    const media = resolver.follow(content[contentType]);
    const schema = isObject(media) ? asSchema(resolver.expand(mediaSchema(media), bodyLimit)) : undefined;
    const example = isObject(media) ? exampleOf(media, schema, resolver) : undefined;
    return {
      contentType: contentType.split(';')[0]?.trim() ?? contentType,
      required: requestBody['required'] === true,
      ...(schema ? { schema } : {}),
      ...(example === undefined ? {} : { example }),
    };
  }
  const ownTypes = listOf(described['consumes'] ?? document['consumes']);
  return swaggerBody(
    parameters,
    ownTypes.filter((type) => typeof type === 'string'),
    (schema) => asSchema(resolver.expand(schema, bodyLimit)),
  );
}

/** The answers that an operation is described with. */
export function responsesOf(
  described: JsonObject,
  document: JsonObject,
  resolver: RefResolver,
): readonly ResponseShape[] {
  const produces = listOf(described['produces'] ?? document['produces']).filter(
    (type) => typeof type === 'string',
  );
  const responses = isObject(described['responses']) ? described['responses'] : {};
  return Object.entries(responses)
    .filter(([status]) => /^(\d{3}|[1-5]XX|default)$/i.test(status))
    .map(([status, raw]) => {
      const response = resolver.follow(raw);
      const content = isObject(response) && isObject(response['content']) ? response['content'] : {};
      const contentType = preferredType(Object.keys(content)) ?? null;
      const media = contentType === null ? undefined : resolver.follow(content[contentType]);
      const rawSchema = isObject(media)
        ? mediaSchema(media)
        : isObject(response)
          ? response['schema']
          : undefined;
      const schema = asSchema(resolver.expand(rawSchema, responseLimit));
      const type = contentType ?? (rawSchema === undefined ? null : (preferredType(produces) ?? null));
      return { status, contentType: type, ...(schema ? { schema } : {}) };
    });
}

function exampleOf(media: JsonObject, schema: JsonSchema | undefined, resolver: RefResolver): unknown {
  if (media['example'] !== undefined) return media['example'];
  const examples = isObject(media['examples']) ? Object.values(media['examples']) : [];
  for (const raw of examples) {
    const example = resolver.follow(raw);
    if (isObject(example) && example['value'] !== undefined) return example['value'];
  }
  const [first] = listOf(schema?.['examples']);
  return schema?.['example'] ?? first;
}

/** The schema of a media type; of a stream (OpenAPI 3.2), of the list of what it sends. */
const mediaSchema = (media: JsonObject): unknown =>
  media['schema'] ??
  (media['itemSchema'] === undefined ? undefined : { type: 'array', items: media['itemSchema'] });

export const asSchema = (value: unknown): JsonSchema | undefined => (isObject(value) ? value : undefined);
