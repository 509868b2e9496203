import type { JsonSchema, Operation } from '@launch-ready/core';
import { flatSchema } from '../plant/flat-schema.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { isSlot, segmentsOf, shapeOf } from './path-words.ts';

/**
 * Operations that may make objects: every POST to a collection. Some make things with PUT, which counts where nothing is posted,
 * the description says that something is made (201), and there are several of them: each has an id, or they are listed.
 *
 * @param itemShapes collections of which single things are read or changed
 */
export function creatorsOf(
  operations: readonly Operation[],
  itemShapes: ReadonlySet<string>,
): readonly Operation[] {
  const shapesOf = (method: string, also: (operation: Operation) => boolean = () => true): Set<string> =>
    new Set(
      operations
        .filter((one) => one.method === method && also(one))
        .map(({ path }) => shapeOf(segmentsOf(path))),
    );
  const posted = shapesOf('POST');
  const listed = shapesOf('GET', answersList);
  return operations.filter(({ method, path, responses }) => {
    const segments = segmentsOf(path);
    if (isSlot(segments.at(-1) ?? '{}')) return false;
    const shape = shapeOf(segments);
    const putsNew =
      method === 'PUT' &&
      !posted.has(shape) &&
      (itemShapes.has(shape) || listed.has(shape)) &&
      responses.some(({ status }) => status === '201');
    return method === 'POST' || putsNew;
  });
}

/** Whether a read is described to answer a list of objects, by itself or in a wrapper such as `data`. */
function answersList({ responses }: Operation): boolean {
  const isList = (raw: JsonSchema): boolean => {
    const { type, items } = flatSchema(raw);
    return type === 'array' && isJsonObject(items) && flatSchema(items).type === 'object';
  };
  return responses.some(({ status, schema }) => {
    if (!status.startsWith('2') || !schema) return false;
    const { properties } = flatSchema(schema);
    const inner = isJsonObject(properties) ? Object.entries(properties) : [];
    return (
      isList(schema) ||
      inner.some(
        ([name, one]) =>
          /^(data|items|results?|rows|list|entries)$/i.test(name) && isJsonObject(one) && isList(one),
      )
    );
  });
}
