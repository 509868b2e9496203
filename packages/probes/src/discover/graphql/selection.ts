import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { heldType } from './entities.ts';

/**
 * What is asked of an answer. `plain`: every leaf that needs no argument, also inside objects without an id, pages and edges.
 * `full`: objects with an id beside it as well, two steps far, so that what hangs on an object is seen with it.
 */
export type Breadth = 'plain' | 'full';

const mostFields = 150;
const deepest = 5;
const identity = /^(_?id|uuid|guid|nodeId)$/i;

/** A selection set with its braces; empty for a leaf. */
export function selectionFor(schema: GraphQLSchema, type: GraphQLOutputType, breadth: Breadth): string {
  const budget = { left: mostFields };
  return of(getNamedType(type), 0, breadth === 'full' ? 2 : 0, true);

  function of(named: GraphQLNamedType, depth: number, hops: number, isRoot: boolean): string {
    if (isScalarType(named) || isEnumType(named)) return '';
    const wraps = isRoot && !hasIdentity(named);
    if (isObjectType(named)) {
      const parts = fieldsOf(named.getFields(), depth, hops, wraps);
      return `{ ${parts.length === 0 ? '__typename' : parts.join(' ')} }`;
    }
    if (!isAbstractType(named)) return '';
    const shapes = new Map<string, string>();
    const common = isInterfaceType(named) ? fieldsOf(named.getFields(), depth, hops, wraps, shapes) : [];
    const fragments = schema.getPossibleTypes(named).map((possible) => {
      const parts = fieldsOf(
        possible.getFields(),
        depth,
        hops,
        wraps && !hasIdentity(possible),
        shapes,
        possible.name,
      );
      return parts.length === 0 ? '' : `... on ${possible.name} { ${parts.join(' ')} }`;
    });
    return `{ __typename ${[...common, ...fragments].filter((part) => part !== '').join(' ')} }`;
  }

  function fieldsOf(
    fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>,
    depth: number,
    hops: number,
    /** Below the root, what stands in a page, an edge or the payload of a mutation is what was asked for. */
    wraps: boolean,
    shapes: Map<string, string> = new Map(),
    alias = '',
  ): string[] {
    const parts: string[] = [];
    const free = Object.values(fields).filter(({ args }) =>
      args.every((argument) => !isNonNullType(argument.type) || argument.defaultValue !== undefined),
    );
    const leaves = free.filter(({ type }) => isLeaf(getNamedType(type)));
    for (const field of [...leaves, ...free.filter((one) => !leaves.includes(one))]) {
      if (budget.left <= 0) break;
      const named = getNamedType(field.type);
      // A page of objects that may not be entered is only its numbers.
      if (!wraps && hops === 0 && heldEntity(schema, field.type)) continue;
      let inner = '';
      if (!isLeaf(named)) {
        const hop = hasIdentity(named) && !wraps;
        if (depth >= deepest || (hop && hops === 0)) continue;
        inner = of(named, depth + 1, hop ? hops - 1 : hops, wraps);
        if (inner === '{ __typename }') continue;
      }
      budget.left -= 1;
      const shape = `${String(field.type)}${inner}`;
      const known = shapes.get(field.name);
      // Fragments may not give one name two shapes (specification, section 5.3.2).
      const name = known !== undefined && known !== shape ? `${alias}_${field.name}: ` : '';
      if (known === undefined) shapes.set(field.name, shape);
      parts.push(`${name}${field.name}${inner === '' ? '' : ` ${inner}`}`);
    }
    return parts;
  }
}

const isLeaf = (type: GraphQLNamedType): boolean => isScalarType(type) || isEnumType(type);

function heldEntity(schema: GraphQLSchema, type: GraphQLOutputType): boolean {
  const held = heldType(type);
  const element = schema.getType(held.name);
  return held.list && element !== undefined && hasIdentity(element);
}

const hasIdentity = (type: GraphQLNamedType): boolean =>
  (isObjectType(type) || isInterfaceType(type)) &&
  Object.keys(type.getFields()).some((name) => identity.test(name));
