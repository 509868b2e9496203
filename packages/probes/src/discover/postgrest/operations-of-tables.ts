import type { JsonSchema, Operation, Slot } from '@launch-ready/core';
import { bodySlots } from '../body-slots.ts';
import { isRecord } from '../../wires/remote-values.ts';

/** A table (or view) that PostgREST serves, or a function below `rpc`. */
export interface Table {
  readonly name: string;
  /** Columns in the words of JSON schema; empty when they are not known. */
  readonly columns: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  /** Columns of the primary key. */
  readonly key: readonly string[];
  readonly methods: readonly string[];
}

export interface RemoteFunction {
  readonly name: string;
  readonly input: JsonSchema;
}

/** Tables and functions that the OpenAPI 2 document at the root of PostgREST names. */
export function tablesIn(document: Readonly<Record<string, unknown>>): {
  readonly tables: readonly Table[];
  readonly functions: readonly RemoteFunction[];
} {
  const paths = isRecord(document['paths']) ? document['paths'] : {};
  const definitions = isRecord(document['definitions']) ? document['definitions'] : {};
  const tables: Table[] = [];
  const functions: RemoteFunction[] = [];
  for (const [path, item] of Object.entries(paths)) {
    if (!isRecord(item) || path === '/') continue;
    const name = path.slice(1);
    if (name.startsWith('rpc/')) {
      functions.push({ name: name.slice(4), input: inputOf(item) });
      continue;
    }
    const definition = definitions[name];
    const properties =
      isRecord(definition) && isRecord(definition['properties']) ? definition['properties'] : {};
    const columns = Object.fromEntries(
      Object.entries(properties).flatMap(([column, schema]) =>
        isRecord(schema) ? [[column, schema] as const] : [],
      ),
    );
    const marked = Object.keys(columns).filter((column) =>
      /<pk\s*\/>/.test(JSON.stringify(columns[column]?.['description'] ?? '')),
    );
    const required: unknown = isRecord(definition) ? definition['required'] : [];
    tables.push({
      name,
      columns,
      // What the database fills in need not be given, though the document calls it required.
      required: (Array.isArray(required) ? required : []).filter(
        (column): column is string =>
          typeof column === 'string' &&
          columns[column]?.['default'] === undefined &&
          !marked.includes(column),
      ),
      key: marked.length > 0 ? marked : 'id' in columns ? ['id'] : [],
      methods: Object.keys(item).map((method) => method.toUpperCase()),
    });
  }
  return { tables, functions };
}

/** Body parameter of a function. */
function inputOf(item: Readonly<Record<string, unknown>>): JsonSchema {
  const post = isRecord(item['post']) ? item['post'] : {};
  const parameters: readonly unknown[] = Array.isArray(post['parameters']) ? post['parameters'] : [];
  for (const one of parameters)
    if (isRecord(one) && one['in'] === 'body' && isRecord(one['schema'])) return one['schema'];
  return { type: 'object' };
}

/** Tables as operations in resource style: a row at `/<table>/{key}`, lists and creation at `/<table>`, functions as actions. */
export function operationsOfTables(
  found: { readonly tables: readonly Table[]; readonly functions: readonly RemoteFunction[] },
  place: { readonly origin: string; readonly base: string; readonly source: string },
): readonly Operation[] {
  const base = place.base.replace(/\/$/, '');
  const shared = {
    origin: place.origin,
    tags: [],
    declaredAuth: 'unstated',
    sources: [place.source],
  } as const;
  const rows = found.tables.flatMap((table): readonly Operation[] => {
    const { name, columns, key, methods } = table;
    const path = `${base}/${name}`;
    const row: JsonSchema = { type: 'object', properties: columns };
    const free = Object.fromEntries(Object.entries(columns).filter(([column]) => !key.includes(column)));
    const input = (required: readonly string[]): JsonSchema => ({
      type: 'object',
      properties: free,
      required,
    });
    const body = (required: readonly string[]) =>
      ({ contentType: 'application/json', required: true, schema: input(required) }) as const;
    const many = { kind: 'postgrest', table: path, filters: [], answer: 'many' } as const;
    const created = { ...many, answer: 'one' } as const;
    const item = `${path}/${key.map((column) => `{${column}}`).join('/')}`;
    const one = {
      kind: 'postgrest',
      table: path,
      filters: key.map((column) => ({ slot: column, column })),
      answer: 'one',
    } as const;
    const inPath = key.map((column): Slot => ({
      in: 'path',
      name: column,
      required: true,
      schema: columns[column] ?? {},
    }));
    const answers = (schema: JsonSchema) => [{ status: '200', contentType: 'application/json', schema }];
    const has = (method: string): boolean => methods.length === 0 || methods.includes(method);
    return [
      ...(has('GET')
        ? [
            {
              ...shared,
              id: `GET ${path}`,
              method: 'GET',
              path,
              slots: [],
              responses: answers({ type: 'array', items: row }),
              wire: many,
            } as const,
          ]
        : []),
      ...(has('POST')
        ? [
            {
              ...shared,
              id: `POST ${path}`,
              method: 'POST',
              path,
              slots: bodySlots(input(table.required)),
              body: body(table.required),
              responses: answers(row),
              wire: created,
            } as const,
          ]
        : []),
      ...(['GET', 'PATCH', 'DELETE'] as const).flatMap((method): readonly Operation[] =>
        key.length > 0 && has(method)
          ? [
              {
                ...shared,
                id: `${method} ${item}`,
                method,
                path: item,
                slots: [...inPath, ...(method === 'PATCH' ? bodySlots(input([])) : [])],
                ...(method === 'PATCH' ? { body: body([]) } : {}),
                responses: answers(row),
                wire: one,
              },
            ]
          : [],
      ),
    ];
  });
  const actions = found.functions.map((one): Operation => ({
    ...shared,
    id: `POST ${base}/rpc/${one.name}`,
    method: 'POST',
    path: `${base}/rpc/${one.name}`,
    slots: bodySlots(one.input),
    body: { contentType: 'application/json', required: true, schema: one.input },
    responses: [],
  }));
  return [...rows, ...actions];
}
