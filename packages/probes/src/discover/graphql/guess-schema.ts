import { buildSchema, type GraphQLSchema } from 'graphql';
import type { SendResult } from '../../transport/transport.ts';
import { singularOf } from './entities.ts';
import { leafWords, mutationWords, queryWords } from './guess-words.ts';

interface GuessedField {
  type: string | null;
  readonly args: Map<string, string>;
}
type Fields = Map<string, GuessedField>;

/** Requests that guesses may cost. */
const most = 30;
/** Servers stop telling after 100 errors. */
const errorsTold = 90;
/** No schema has it, so that nothing of a guess is ever executed. */
const never = 'lrNothing';

/**
 * Learns a schema from what a server says against documents that cannot be valid: fields that it does not know, with those that it
 * suggests instead, types that need a selection, arguments that are missing. Null when it tells nothing. Nothing is executed.
 */
export async function guessSchema(
  ask: (document: string) => Promise<SendResult>,
): Promise<GraphQLSchema | null> {
  let spent = 0;
  const problemsOf = async (document: string): Promise<readonly string[]> => {
    if (spent >= most) return [];
    spent += 1;
    const result = await ask(document);
    if (result.kind !== 'answer') return [];
    return [...result.text.matchAll(/"message":"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
      text.replace(/\\(.)/g, '$1'),
    );
  };
  const types = new Map<string, Fields>();
  const inputs = new Map<string, Map<string, string>>();
  const roots = new Map<string, string>();

  /** Which of these words are fields of the type that `wrap` leads to. */
  const learn = async (
    kind: 'query' | 'mutation',
    words: readonly string[],
    wrap: (fields: string) => string,
  ): Promise<string | null> => {
    let typeName: string | null = null;
    const asked = new Set<string>();
    let waiting = [...new Set(words)];
    for (let round = 0; round < 3 && waiting.length > 0; round += 1) {
      const batch = waiting.slice(0, errorsTold);
      for (const word of batch) asked.add(word);
      const problems = await problemsOf(`${kind} { ${wrap([...batch, never].join(' '))} }`);
      const missing = problems.flatMap((text) => {
        const match = /^Cannot query field "(\w+)" on type "(\w+)"\.?(.*)$/s.exec(text);
        return match ? [{ word: match[1] ?? '', type: match[2] ?? '', more: match[3] ?? '' }] : [];
      });
      const own = missing.find(({ word }) => word === never);
      if (!own) return typeName;
      typeName = own.type;
      const fields: Fields = types.get(typeName) ?? new Map();
      types.set(typeName, fields);
      const absent = new Set(missing.filter(({ type }) => type === typeName).map(({ word }) => word));
      for (const word of batch)
        if (!absent.has(word)) fields.set(word, fields.get(word) ?? { type: null, args: new Map() });
      for (const text of problems) {
        const selected = /^Field "(\w+)" of type "([^"]+)" must have a selection/.exec(text);
        if (selected) {
          const field = fields.get(selected[1] ?? '');
          if (field) field.type = selected[2] ?? null;
        }
        const argument = /^Field "(\w+)" argument "(\w+)" of type "([^"]+)" is required/.exec(text);
        if (argument) fields.get(argument[1] ?? '')?.args.set(argument[2] ?? '', argument[3] ?? '');
      }
      const suggested = missing
        .filter(({ type }) => type === typeName)
        .flatMap(({ more }) => [...more.matchAll(/"(\w+)"/g)].map(([, word = '']) => word));
      waiting = [...new Set([...waiting.slice(errorsTold), ...suggested])].filter((word) => !asked.has(word));
    }
    return typeName;
  };

  const bare = (type: string): string => type.replace(/[[\]!]/g, '');
  const query = await learn('query', queryWords, (fields) => fields);
  if (query === null) return null;
  roots.set('query', query);
  // Arguments that need not be given are told only when they are tried.
  for (const [name, field] of types.get(query) ?? []) {
    if (field.type === null || field.args.size > 0 || field.type.includes('[')) continue;
    const problems = await problemsOf(`{ ${name}(id: "x", ${never}: 1) { ${never} } }`);
    if (
      problems.some((text) => text.includes(`Unknown argument "${never}"`)) &&
      !problems.some((text) => text.startsWith('Unknown argument "id"'))
    )
      field.args.set('id', 'ID');
  }
  for (const [name, field] of types.get(query) ?? []) {
    if (field.type === null || types.has(bare(field.type))) continue;
    const given = argumentsFor(field);
    await learn('query', leafWords, (fields) => `${name}${given} { ${fields} }`);
  }
  const things = [...types.keys()].filter((name) => name !== query && /^[A-Z]/.test(name));
  const verbs = things.flatMap((thing) =>
    ['create', 'update', 'delete'].map((verb) => `${verb}${singularOf(thing)}`),
  );
  const mutation = await learn('mutation', [...verbs, ...mutationWords], (fields) => fields);
  if (mutation !== null) {
    roots.set('mutation', mutation);
    for (const [name, field] of types.get(mutation) ?? []) {
      for (const [argument, type] of field.args) {
        if (/^(ID|String|Int|Float|Boolean)!?$/.test(type) || inputs.has(bare(type)) || type.includes('['))
          continue;
        const words = leafWords.map((word) => `${word}: {}`).join(', ');
        const problems = await problemsOf(
          `mutation { ${name}(${argument}: { ${words}, ${never}: 1 }) { ${never} } }`,
        );
        const isUnknown = (word: string): boolean =>
          problems.some((text) => text.startsWith(`Field "${word}" is not defined by type`));
        if (!isUnknown(never)) continue;
        const known = new Map(
          leafWords
            .filter((word) => !isUnknown(word))
            .map((word) => [word, /^id$|Id$/.test(word) ? 'ID' : 'String']),
        );
        for (const text of problems) {
          const needed = /^Field "\w+\.(\w+)" of required type "([^"]+)" was not provided/.exec(text);
          if (needed) known.set(needed[1] ?? '', needed[2] ?? 'String');
          const suggestions =
            /^Field "\w+" is not defined by type .*Did you mean (.*)\?/.exec(text)?.[1] ?? '';
          for (const [, word = ''] of suggestions.matchAll(/"(\w+)"/g))
            if (!known.has(word)) known.set(word, 'String');
        }
        inputs.set(bare(type), known);
      }
      if (field.type !== null && !types.has(bare(field.type)))
        await learn(
          'mutation',
          [...leafWords, ...things.map((thing) => thing.charAt(0).toLowerCase() + thing.slice(1))],
          (fields) => `${name}${argumentsFor(field)} { ${fields} }`,
        );
    }
  }
  return asSchema(types, inputs, roots);
}

/** Arguments that let the rest of a document be looked at; their values need not fit. */
function argumentsFor(field: GuessedField): string {
  if (field.args.size === 0) return '';
  return `(${[...field.args].map(([name, type]) => `${name}: ${/^(ID|String)!?$/.test(type) ? '"x"' : /^(Int|Float)/.test(type) ? '1' : '{}'}`).join(', ')})`;
}

function asSchema(
  types: ReadonlyMap<string, Fields>,
  inputs: ReadonlyMap<string, ReadonlyMap<string, string>>,
  roots: ReadonlyMap<string, string>,
): GraphQLSchema | null {
  const named = new Set(['ID', 'String', 'Int', 'Float', 'Boolean', ...types.keys(), ...inputs.keys()]);
  const scalars = new Set<string>();
  const written = (type: string): string => {
    const name = type.replace(/[[\]!]/g, '');
    if (!named.has(name)) scalars.add(name);
    return type;
  };
  const outputs = [...types].map(([name, fields]) => {
    const lines = [...fields].flatMap(([field, { type, args }]) => {
      // An object of which no field is known cannot be asked for.
      if (type !== null && !types.has(type.replace(/[[\]!]/g, ''))) return [];
      const given = [...args].map(([argument, of]) => `${argument}: ${written(of)}`);
      const leaf = /^id$/i.test(field) ? 'ID' : 'String';
      return [`${field}${given.length === 0 ? '' : `(${given.join(', ')})`}: ${type ?? leaf}`];
    });
    return `type ${name} { ${lines.length === 0 ? '_nothing: String' : lines.join(' ')} }`;
  });
  const taken = [...inputs].map(
    ([name, fields]) =>
      `input ${name} { ${[...fields].map(([field, type]) => `${field}: ${written(type)}`).join(' ') || '_nothing: String'} }`,
  );
  const text = [
    `schema { ${[...roots].map(([kind, name]) => `${kind}: ${name}`).join(' ')} }`,
    ...outputs,
    ...taken,
    ...[...scalars].map((name) => `scalar ${name}`),
  ].join('\n');
  try {
    return buildSchema(text, { assumeValid: true });
  } catch {
    return null;
  }
}
