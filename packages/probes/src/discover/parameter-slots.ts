import type { Slot } from '@launch-ready/core';
import { asSchema } from './described-media.ts';
import { bodySlots } from './body-slots.ts';
import { isObject, type JsonObject } from './parse-document.ts';
import type { RefResolver } from './resolve-refs.ts';
import { parameterSchema } from './swagger-2.ts';

/** Slots of an operation besides those of its body: what its path names, and the parameters that are described. */
export function parameterSlots(
  parameters: readonly JsonObject[],
  path: string,
  resolver: RefResolver,
): readonly Slot[] {
  const slots = new Map<string, Slot>();
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  for (const name of inPath) slots.set(`path ${name}`, { in: 'path', name, required: true });
  for (const parameter of parameters) {
    const place = parameter['in'];
    const name = parameter['name'];
    if (typeof name !== 'string') continue;
    if (place === 'querystring') {
      // OpenAPI 3.2: the whole query as one value; its fields are what can be sent.
      const schema = asSchema(resolver.expand(contentSchema(parameter, resolver), 200));
      for (const slot of bodySlots(schema)) {
        const field = slot.name.slice(1);
        if (!field.includes('/')) slots.set(`query ${field}`, { ...slot, in: 'query', name: field });
      }
      continue;
    }
    if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') continue;
    if (place === 'path' && !inPath.includes(name)) continue;
    const schema = asSchema(
      resolver.expand(
        parameter['schema'] ??
          contentSchema(parameter, resolver) ??
          (parameter['type'] === undefined ? undefined : parameterSchema(parameter)),
        200,
      ),
    );
    slots.set(`${place} ${name}`, {
      in: place,
      name,
      required: place === 'path' || parameter['required'] === true,
      ...(schema ? { schema } : {}),
    });
  }
  return [...slots.values()];
}

/** The schema of a parameter that is written as content. */
function contentSchema(parameter: JsonObject, resolver: RefResolver): unknown {
  const [media] = isObject(parameter['content']) ? Object.values(parameter['content']) : [];
  const behind = resolver.follow(media);
  return isObject(behind) ? behind['schema'] : undefined;
}
