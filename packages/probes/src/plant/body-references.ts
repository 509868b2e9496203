import type { JsonSchema, Operation } from '@launch-ready/core';
import { flatSchema } from './flat-schema.ts';
import { isJsonObject } from './json-scalars.ts';
import { isReferenceName, namedThing } from '../access/names.ts';
import type { Referent, ResourceGraph } from '../access/resource-graph.ts';

/** A required field of a body that names another object. */
export interface BodyReference {
  readonly pointer: string;
  readonly referent: Referent;
}

/** Required fields of an operation's body that hold ids of resources which can be created. */
export function bodyReferences(operation: Operation, graph: ResourceGraph): readonly BodyReference[] {
  return references(operation.body?.schema ?? {}, '', graph);
}

function references(raw: JsonSchema, pointer: string, graph: ResourceGraph): readonly BodyReference[] {
  const schema = flatSchema(raw);
  if (!isJsonObject(schema.properties) || pointer.split('/').length > 3) return [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties).flatMap(([name, inner]): readonly BodyReference[] => {
    if (!required.includes(name) || !isJsonObject(inner)) return [];
    const here = `${pointer}/${name}`;
    if (!isReferenceName(name) && inner.format !== 'uuid') return references(inner, here, graph);
    const thing = namedThing(name);
    const found = graph.resources.find(
      ({ create, type }) => create && namedThing(type.split('/').at(-1) ?? '') === thing,
    );
    return found ? [{ pointer: here, referent: found.referent }] : [];
  });
}
