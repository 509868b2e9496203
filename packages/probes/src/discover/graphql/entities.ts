import {
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  isInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLInterfaceType,
} from 'graphql';

/** A type whose objects have an id: what resource-style documents call a resource. */
export interface Entity {
  readonly type: GraphQLObjectType | GraphQLInterfaceType;
  /** `project`, in lower case without the endings of programmers. */
  readonly thing: string;
  /** `projects`, the name of its collection. */
  readonly collection: string;
}

export interface Entities {
  ofType(name: string): Entity | null;
  /** By a word of any form: `Project`, `projects`, `project_id` without its ending. */
  ofWord(word: string): Entity | null;
  readonly all: readonly Entity[];
}

const idField = /^(_?id|uuid|guid|nodeId|pk)$/i;
const ending = /(Type|Node|Dto|DTO|Model|Entity|Object|Record|GQL)$/;

const plain = (word: string): string => word.replace(/[^a-z\d]/gi, '').toLowerCase();

export function singularOf(word: string): string {
  if (/[^aeiou]ies$/i.test(word)) return `${word.slice(0, -3)}y`;
  if (/(ches|shes|sses|xes|zes)$/i.test(word)) return word.slice(0, -2);
  return /[^su]s$/i.test(word) || /us[e]s$/i.test(word) ? word.slice(0, -1) : word;
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(ch|sh|ss|x|z)$/i.test(word)) return `${word}es`;
  return /s$/i.test(word) ? word : `${word}s`;
}

/** The kinds of objects of a schema. */
export function entitiesOf(schema: GraphQLSchema): Entities {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const all = Object.values(schema.getTypeMap()).flatMap((type): readonly Entity[] => {
    if (type.name.startsWith('__') || !isObjectType(type) || roots.includes(type)) return [];
    const fields = Object.keys(type.getFields());
    const bare = type.name.replace(ending, '') || type.name;
    const own = plain(bare);
    if (!fields.some((name) => idField.test(name) || plain(name) === `${own}id`)) return [];
    const first = bare.charAt(0).toLowerCase() + bare.slice(1);
    return [{ type, thing: plain(singularOf(bare)), collection: pluralOf(singularOf(first)) }];
  });
  const byThing = new Map(all.map((one) => [one.thing, one]));
  return {
    all,
    ofType: (name) => all.find(({ type }) => type.name === name) ?? null,
    ofWord: (word) => byThing.get(plain(word)) ?? byThing.get(plain(singularOf(word))) ?? null,
  };
}

const listField = /^(edges|nodes|items|data|results|records|rows|list|content|docs|entries)$/i;

/** What an output type holds: a list (also one in pages) or a single thing, and the name of its type. */
export function heldType(type: GraphQLOutputType): { readonly list: boolean; readonly name: string } {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return { list: true, name: elementOf(getNamedType(bare)).name };
  const named = getNamedType(bare);
  if (isObjectType(named) || isInterfaceType(named)) {
    for (const field of Object.values(named.getFields())) {
      const inner = isNonNullType(field.type) ? field.type.ofType : field.type;
      if (listField.test(field.name) && isListType(inner) && field.args.length === 0)
        return { list: true, name: elementOf(getNamedType(inner)).name };
    }
  }
  return { list: false, name: named.name };
}

/** An edge of a connection stands for its node. */
function elementOf(type: GraphQLNamedType): { readonly name: string } {
  if (isObjectType(type)) {
    const node = type.getFields()['node'];
    if (node && type.name.endsWith('Edge')) return getNamedType(node.type);
  }
  return type;
}
