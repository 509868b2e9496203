import type { JsonSchema, Slot } from '@launch-ready/core';
import { isObject } from './parse-document.ts';

const deepest = 3;

/** Fields of a body schema as slots, named by JSON pointer; `allOf` parts count, alternatives are taken together. */
export function bodySlots(schema: JsonSchema | undefined): readonly Slot[] {
  const found = new Map<string, Slot>();
  const look = (current: unknown, prefix: string, depth: number, certain: boolean): void => {
    if (!isObject(current) || depth > deepest) return;
    const list = Array.isArray(current['required']) ? current['required'] : [];
    for (const [name, inner] of Object.entries(
      isObject(current['properties']) ? current['properties'] : {},
    )) {
      if (isObject(inner) && inner['readOnly'] === true) continue;
      const pointer = `${prefix}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const required = certain && list.includes(name);
      if (!found.has(pointer))
        found.set(pointer, {
          in: 'body',
          name: pointer,
          required,
          ...(isObject(inner) ? { schema: inner } : {}),
        });
      look(inner, pointer, depth + 1, required);
    }
    for (const [key, isCertain] of [
      ['allOf', certain],
      ['anyOf', false],
      ['oneOf', false],
    ] as const) {
      const parts = current[key];
      if (Array.isArray(parts)) for (const part of parts) look(part, prefix, depth + 1, isCertain);
    }
  };
  look(schema, '', 0, true);
  return [...found.values()];
}
