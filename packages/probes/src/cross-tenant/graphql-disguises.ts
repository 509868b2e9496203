import type { GraphqlWire, Operation } from '@launch-ready/core';
import { Kind, parse, print, visit } from 'graphql';

export const disguiseNames = [
  'id as a literal of the document',
  'field by another name',
  'second of a batch',
] as const;
export type DisguiseName = (typeof disguiseNames)[number];

/** An operation said in another way, for guards that look at how it is said and not at what is reached. */
export interface Disguise {
  readonly name: DisguiseName;
  readonly operation: Operation;
}

const harmless = '{ __typename }';
const alias = 'other';

/**
 * Other ways to ask GraphQL for one object: its id as a literal of the document, the field under another name and not first, and the
 * whole as the second of a batch (GraphQL specification of October 2021, sections 2.7 and 2.9; OWASP GraphQL cheat sheet on batching).
 * None for operations that are not spoken as GraphQL.
 */
export function graphqlDisguises(operation: Operation): readonly Disguise[] {
  const { wire } = operation;
  if (wire?.kind !== 'graphql') return [];
  const spokenBy = (name: DisguiseName, changed: Partial<GraphqlWire>): Disguise => {
    const { plain: _, ...rest } = wire;
    return { name, operation: { ...operation, wire: { ...rest, ...changed } } };
  };
  const ids = wire.variables
    .filter(({ from, inside }) => from === 'path' && inside === undefined)
    .map((one) => one.name);
  return [
    ...(ids.length === 0 ? [] : [spokenBy('id as a literal of the document', { inline: ids })]),
    spokenBy('field by another name', { document: underAlias(wire), field: alias }),
    spokenBy('second of a batch', { after: harmless }),
  ];
}

/** `{ ticket(id: $id) { id } }` as `{ __typename other: ticket(id: $id) { id } }`. */
function underAlias({ document, field }: GraphqlWire): string {
  let depth = 0;
  return print(
    visit(parse(document), {
      SelectionSet: {
        enter: (set) => {
          depth += 1;
          if (depth > 1) return undefined;
          const named = set.selections.map((one) =>
            one.kind === Kind.FIELD && one.name.value === field
              ? { ...one, alias: { kind: Kind.NAME, value: alias } as const }
              : one,
          );
          const first = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
          return { ...set, selections: [first, ...named] };
        },
        leave: () => {
          depth -= 1;
        },
      },
    }),
  );
}
