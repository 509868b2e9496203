import type { Operation } from '@launch-ready/core';
import { flatSchema } from '../plant/flat-schema.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { createSlotBinder } from './bind-slots.ts';
import { creatorsOf } from './creators-of.ts';
import { idBesidePath, type IdBesidePath } from './id-beside-path.ts';
import { namedThing, plainName } from './names.ts';
import { collectionOf, isSlot, lastLiteral, segmentsOf, shapeOf } from './path-words.ts';

/** What a slot takes: the id of an object of a resource, or a value that names a tenant or a user. */
export type Referent = `resource ${string}` | `scope ${string}`;

/** A slot together with what it takes. */
export interface BoundSlot {
  /** A body counts where the path has no place for the object: its field of this name holds the id. */
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly name: string;
  readonly required: boolean;
  readonly referent: Referent;
}

/** A kind of object with the operations on it. */
export interface Resource {
  readonly referent: Referent;
  /** Short name, unique in the graph, such as `posts`. */
  readonly type: string;
  readonly create: Operation | null;
  readonly lists: readonly Operation[];
  readonly read: Operation | null;
  readonly updates: readonly Operation[];
  readonly remove: Operation | null;
  /** Operations whose path goes on behind the object's id, or that name it beside the path, and that do not create a resource of their own. */
  readonly below: readonly Operation[];
}

export interface ResourceGraph {
  readonly operations: readonly Operation[];
  readonly resources: readonly Resource[];
  readonly boundSlots: (operation: Operation) => readonly BoundSlot[];
  readonly byReferent: (referent: Referent) => Resource | null;
  /** GET operations that belong to no resource: feeds, searches, exports. */
  readonly otherReads: readonly Operation[];
}

/**
 * Finds producers and consumers among operations. `scopeNames` are things whose values are known without creating anything,
 * such as `org`; their slots are never filled with objects of ours.
 */
export function createResourceGraph(
  operations: readonly Operation[],
  scopeNames: ReadonlySet<string>,
): ResourceGraph {
  const itemShapes = new Map<string, readonly string[]>();
  for (const { method, path } of operations) {
    const segments = segmentsOf(path);
    if (method === 'POST' || !isSlot(segments.at(-1) ?? '') || segments.length < 2) continue;
    itemShapes.set(shapeOf(segments.slice(0, -1)), segments.slice(0, -1));
  }
  const creators = creatorsOf(operations, new Set(itemShapes.keys()));
  const listed = new Set(
    operations.filter(({ method }) => method === 'GET').map(({ path }) => shapeOf(segmentsOf(path))),
  );
  const bases = new Map(itemShapes);
  const itemNames = new Set([...itemShapes.values()].map((base) => plainName(lastLiteral(base))));
  for (const creator of creators) {
    const collection = collectionOf(creator);
    const shape = shapeOf(collection);
    if (!itemNames.has(plainName(lastLiteral(collection))) && listed.has(shape)) bases.set(shape, collection);
  }

  const creatorOf = (base: readonly string[]): Operation | null => {
    const shape = shapeOf(base);
    const exact = creators.find((one) => shapeOf(collectionOf(one)) === shape);
    if (exact) return exact;
    const name = plainName(lastLiteral(base));
    const free = creators.filter((one) => !bases.has(shapeOf(collectionOf(one))));
    return (
      free.find(
        (one) =>
          plainName(lastLiteral(collectionOf(one))) === name && !isSlot(collectionOf(one).at(-1) ?? '{}'),
      ) ?? null
    );
  };
  const created = new Map([...bases].map(([shape, base]) => [shape, creatorOf(base)] as const));
  const createIds = new Set([...created.values()].map((operation) => operation?.id));
  const createShapes = new Set(
    [...created.values()].flatMap((one) => (one ? [shapeOf(collectionOf(one))] : [])),
  );

  /** Other ways to make a kind, each with a list of its own: `POST /books/{book}/notes` beside `POST /notes`. */
  const otherCreates = creators.filter((one) => {
    const collection = collectionOf(one);
    const shape = shapeOf(collection);
    const name = plainName(lastLiteral(collection));
    const properties = flatSchema(one.body?.schema ?? {}).properties;
    // What takes the id of such a thing ties one that there is already to another.
    const ties = Object.keys(isJsonObject(properties) ? properties : {}).some(
      (field) => namedThing(field) === name,
    );
    return (
      one.method === 'POST' && collection.some(isSlot) && listed.has(shape) && !createIds.has(one.id) && !ties
    );
  });

  const beside = new Map<string, BoundSlot>();
  /** Operations that name an object of this collection in their query or body. */
  const besidePath = (
    base: readonly string[],
  ): readonly { readonly operation: Operation; readonly place: IdBesidePath }[] =>
    operations.flatMap((operation) => {
      const place =
        createIds.has(operation.id) || beside.has(operation.id) ? null : idBesidePath(operation, base);
      if (place === null) return [];
      // `/books/notes` is all notes, whose lists lie below books, before it is something done to a book.
      const isOther = !place.whole && [...bases.values()].some((one) => idBesidePath(operation, one)?.whole);
      return isOther ? [] : [{ operation, place }];
    });

  const names = new Map<string, string>();
  const nameFor = (shape: string, base: readonly string[]): string => {
    const literals = base.filter((one) => !isSlot(one));
    const last = literals.at(-1) ?? shape;
    const taken = [...names.values()].includes(last);
    const name = taken ? [literals.at(-2), last].filter((part) => part !== undefined).join('/') : last;
    names.set(shape, [...names.values()].includes(name) ? shape : name);
    return names.get(shape) ?? shape;
  };

  const mainResources = [...bases].map(([shape, base]): Resource => {
    const at = (method: string): readonly Operation[] =>
      operations.filter((one) => one.method === method && shapeOf(segmentsOf(one.path)) === `${shape}/{}`);
    const create = created.get(shape) ?? null;
    const listShapes = new Set([shape, ...(create ? [shapeOf(collectionOf(create))] : [])]);
    const item = operations.find(
      (one) => one.method !== 'POST' && shapeOf(segmentsOf(one.path)) === `${shape}/{}`,
    );
    const itemSlot =
      segmentsOf(item?.path ?? '')
        .at(-1)
        ?.slice(1, -1) ?? '';
    // A tenant can be made like any object; what lies below it belongs to the tenants of the target file all the same.
    const tenant = [namedThing(itemSlot), plainName(lastLiteral(base))].find((thing) =>
      scopeNames.has(thing),
    );
    const referent: Referent = tenant === undefined ? `resource ${shape}` : `scope ${tenant}`;
    const keyed = create === null || tenant !== undefined ? [] : besidePath(base);
    for (const { operation, place } of keyed)
      beside.set(operation.id, { in: place.in, name: place.name, required: true, referent });
    const whole = (...methods: readonly string[]): readonly Operation[] =>
      keyed
        .filter(({ operation, place }) => place.whole && methods.includes(operation.method))
        .map(({ operation }) => operation);
    const inQuery = new Set(
      keyed.filter(({ place }) => place.in === 'query').map(({ operation }) => operation.id),
    );
    const remove = at('DELETE')[0] ?? whole('DELETE').find(({ id }) => inQuery.has(id)) ?? null;
    return {
      referent,
      type: nameFor(shape, base),
      create,
      lists: operations.filter(
        (one) =>
          one.method === 'GET' && listShapes.has(shapeOf(segmentsOf(one.path))) && !inQuery.has(one.id),
      ),
      read: at('GET')[0] ?? whole('GET')[0] ?? null,
      updates: [...at('PATCH'), ...at('PUT'), ...whole('PATCH', 'PUT')],
      remove,
      below: operations.filter((one) => {
        const named = keyed.find(({ operation }) => operation === one);
        // What deletes by a field of its body is an action: an address alone does not carry it.
        if (named)
          return (
            !named.place.whole ||
            one.method === 'POST' ||
            (one.method === 'DELETE' && named.place.in === 'body')
          );
        const own = shapeOf(segmentsOf(one.path));
        if (
          tenant !== undefined ||
          !own.startsWith(`${shape}/{}/`) ||
          createIds.has(one.id) ||
          bases.has(own) ||
          createShapes.has(own)
        )
          return false;
        return !segmentsOf(one.path)
          .slice(base.length + 1)
          .some(isSlot);
      }),
    };
  });

  // The same kind once more for each other way to make it: with that way's list, and what reads and removes every one of it.
  const otherResources = otherCreates.flatMap((create): readonly Resource[] => {
    const collection = collectionOf(create);
    const name = plainName(lastLiteral(collection));
    const kind = mainResources.find(
      (one) =>
        one.create !== null &&
        one.referent.startsWith('resource ') &&
        plainName(one.type.split('/').at(-1) ?? '') === name,
    );
    if (!kind) return [];
    const lists = operations.filter(
      (one) => one.method === 'GET' && shapeOf(segmentsOf(one.path)) === shapeOf(collection),
    );
    const type = nameFor(shapeOf(collection), collection);
    return [{ ...kind, type, create, lists, updates: [], below: [] }];
  });
  const taken = new Set(otherResources.flatMap(({ create, lists }) => [create, ...lists]));
  const resources = [
    ...mainResources.map((one) => ({
      ...one,
      below: one.below.filter((operation) => !taken.has(operation)),
    })),
    ...otherResources,
  ];

  const belonging = new Set(
    resources.flatMap((one) => [one.read, ...one.lists, ...one.below].map((operation) => operation?.id)),
  );
  return {
    operations,
    resources,
    byReferent: (referent) => resources.find((one) => one.referent === referent) ?? null,
    boundSlots: createSlotBinder(resources, scopeNames, beside),
    otherReads: operations.filter((one) => one.method === 'GET' && !belonging.has(one.id)),
  };
}
