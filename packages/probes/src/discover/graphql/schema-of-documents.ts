import {
  buildSchema,
  Kind,
  OperationTypeNode,
  print,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { isRecord } from '../../wires/remote-values.ts';
import { singularOf } from './entities.ts';

/** A document that somebody sent, with what it was given and what came back. */
export interface SaidDocument {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Null when it was refused. */
  readonly data: Readonly<Record<string, unknown>> | null;
}

interface SeenField {
  type: string;
  readonly args: Map<string, string>;
}
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
type Types = Map<string, Map<string, SeenField>>;

const builtIn = new Set(['ID', 'String', 'Int', 'Float', 'Boolean']);
const roots = ['Query', 'Mutation'] as const;
/** Fields that hold things of the kind that stands around them. */
const holders = /^(edges?|nodes?|items?|data|results?|records|rows|list|content|docs|entries|payload)$/i;

/**
 * The part of a schema that documents and their answers show, with names of types as they are usual where none were told. Null
 * when nothing worked.
 */
export function schemaOfDocuments(said: readonly SaidDocument[]): GraphQLSchema | null {
  const types: Types = new Map();
  const inputs = new Map<string, Readonly<Record<string, unknown>>[]>();
  for (const one of said) {
    const fragments = new Map(
      one.document.definitions.flatMap((part) =>
        part.kind === Kind.FRAGMENT_DEFINITION ? [[part.name.value, part] as const] : [],
      ),
    );
    for (const definition of one.document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      if (definition.operation === OperationTypeNode.QUERY)
        readOperation(definition, 'Query', one, fragments);
      if (definition.operation === OperationTypeNode.MUTATION)
        readOperation(definition, 'Mutation', one, fragments);
    }
  }
  return types.has('Query') ? asSchema(types, inputs) : null;

  function readOperation(
    definition: OperationDefinitionNode,
    root: (typeof roots)[number],
    { variables, data }: SaidDocument,
    fragments: Fragments,
  ): void {
    if (data === null) return;
    const declared = new Map(
      definition.variableDefinitions?.map(({ variable, type }) => [variable.name.value, print(type)]),
    );
    for (const [name, type] of declared) {
      const value = variables[name];
      const bare = bareName(type);
      if (isRecord(value) && !builtIn.has(bare)) inputs.set(bare, [...(inputs.get(bare) ?? []), value]);
    }
    readSelection(root, null, definition.selectionSet, [data]);

    function readSelection(
      type: string,
      thing: string | null,
      { selections }: SelectionSetNode,
      seen: readonly Readonly<Record<string, unknown>>[],
    ): void {
      const fields = types.get(type) ?? new Map<string, SeenField>();
      types.set(type, fields);
      for (const selection of selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = fragments.get(selection.name.value);
          if (fragment) readSelection(type, thing, fragment.selectionSet, seen);
        } else if (selection.kind === Kind.INLINE_FRAGMENT)
          readSelection(type, thing, selection.selectionSet, seen);
        else if (!selection.name.value.startsWith('__')) readField(fields, type, thing, selection, seen);
      }
    }

    function readField(
      fields: Map<string, SeenField>,
      parent: string,
      thing: string | null,
      field: FieldNode,
      seen: readonly Readonly<Record<string, unknown>>[],
    ): void {
      const name = field.name.value;
      const values = seen.map((one) => one[field.alias?.value ?? name]);
      const isList = values.some(Array.isArray);
      const each = values.flat().filter((one) => one !== null && one !== undefined);
      const known = fields.get(name);
      let type = known === undefined ? leafType(name, each[0]) : bareName(known.type);
      if (field.selectionSet) {
        const objects = each.filter(isRecord);
        const told = objects.map((one) => one['__typename']).find((one) => typeof one === 'string');
        const asked = askedIn(field.selectionSet, fragments);
        type = told ?? asked.type ?? typeOf(name, parent, thing, asked.names);
        readSelection(type, thingOf(name, thing), field.selectionSet, objects);
      }
      const args = known?.args ?? new Map<string, string>();
      for (const { name: argument, value } of field.arguments ?? []) {
        const given =
          value.kind === Kind.VARIABLE ? declared.get(value.name.value) : literalType(argument.value, value);
        if (given !== undefined) args.set(argument.value, given);
      }
      fields.set(name, { type: isList || known?.type.startsWith('[') ? `[${type}]` : type, args });
    }
  }
}

/** `createTicket`, `tickets`, `allTickets`: the kind of thing that a field is about. */
function thingOf(field: string, around: string | null): string {
  if (holders.test(field) && around !== null) return around;
  const words = field.split(/(?=[A-Z])|_/).filter((one) => one !== '');
  const isVerb =
    words.length > 1 &&
    /^(create|add|new|insert|update|edit|patch|set|save|delete|remove|all|list|get|fetch|find|my|close|archive|open|publish)$/i.test(
      words[0] ?? '',
    );
  const rest = (isVerb ? words.slice(1) : words).join('');
  const singular = singularOf(rest);
  return singular.charAt(0).toUpperCase() + singular.slice(1);
}

/** What a selection asks for, fragments unfolded, and the type that a fragment says it is of. */
function askedIn(
  { selections }: SelectionSetNode,
  fragments: Fragments,
): { readonly names: readonly string[]; readonly type: string | null } {
  const parts = selections.map((one) => {
    if (one.kind === Kind.FIELD) return { names: [one.name.value], type: null };
    const fragment = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one;
    if (!fragment) return { names: [], type: null };
    const inner = askedIn(fragment.selectionSet, fragments);
    return { names: inner.names, type: fragment.typeCondition?.name.value ?? inner.type };
  });
  return {
    names: parts.flatMap(({ names }) => names),
    type: parts.map(({ type }) => type).find((type) => type !== null) ?? null,
  };
}

function typeOf(field: string, parent: string, around: string | null, names: readonly string[]): string {
  const thing = thingOf(field, around);
  if (names.includes('node')) return `${thing}Edge`;
  if (names.some((name) => /^(edges|nodes|items|results|records|rows)$/i.test(name)))
    return `${thing}Connection`;
  const hasId = names.some((name) => /^(_?id|uuid|guid|nodeId)$/i.test(name));
  if (hasId || !roots.some((root) => root === parent)) return thing;
  return `${field.charAt(0).toUpperCase()}${field.slice(1)}Payload`;
}

function leafType(name: string, value: unknown): string {
  if (/^(_?id|uuid|guid|nodeId)$|Id$/i.test(name)) return 'ID';
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Int' : 'Float';
  return 'String';
}

function literalType(name: string, value: ValueNode): string | undefined {
  switch (value.kind) {
    case Kind.STRING:
      return leafType(name, value.value);
    case Kind.INT:
      return 'Int';
    case Kind.FLOAT:
      return 'Float';
    case Kind.BOOLEAN:
      return 'Boolean';
    default:
      // Enumerations and objects do not tell the names of their types.
      return undefined;
  }
}

const bareName = (type: string): string => type.replace(/[[\]!]/g, '');

function asSchema(
  types: Types,
  inputs: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>,
): GraphQLSchema | null {
  const declared = new Set([...builtIn, ...types.keys(), ...inputs.keys()]);
  const scalars = new Set<string>();
  const known = (type: string): string => {
    if (!declared.has(bareName(type))) scalars.add(bareName(type));
    return type;
  };
  const outputs = [...types].map(([name, fields]) => {
    const lines = [...fields].map(([field, { type, args }]) => {
      const taken = [...args].map(([argument, of]) => `${argument}: ${known(of)}`);
      return `${field}${taken.length === 0 ? '' : `(${taken.join(', ')})`}: ${known(type)}`;
    });
    return `type ${name} { ${lines.join(' ') || '_nothing: String'} }`;
  });
  const taken = [...inputs].map(([name, samples]) => {
    const fields = [...new Set(samples.flatMap((one) => Object.keys(one)))];
    const lines = fields.map((field) => {
      // What everybody gave need not be asked for.
      const value = samples.map((one) => one[field]).find((one) => one !== null && one !== undefined);
      return `${field}: ${known(inputType(field, value))}`;
    });
    return `input ${name} { ${lines.join(' ') || '_nothing: String'} }`;
  });
  const text = [...outputs, ...taken, ...[...scalars].map((name) => `scalar ${name}`)].join('\n');
  try {
    return buildSchema(text, { assumeValid: true });
  } catch {
    return null;
  }
}

function inputType(name: string, value: unknown): string {
  if (Array.isArray(value)) return `[${inputType(name, value[0])}]`;
  return isRecord(value) ? 'JSON' : leafType(name, value);
}
