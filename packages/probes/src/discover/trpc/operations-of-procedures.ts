import type { HttpMethod, JsonSchema, Operation, RemoteValue, Slot } from '@launch-ready/core';
import { bodySlots } from '../body-slots.ts';
import { singularOf } from '../graphql/entities.ts';
import { isRecord } from '../../wires/remote-values.ts';

/** A procedure of a tRPC router, as source code, recorded traffic or the target file names it. */
export interface Procedure {
  /** `project.byId`. */
  readonly path: string;
  readonly call: 'query' | 'mutation' | 'subscription';
  /** JSON schema of its input; absent when it is not known. */
  readonly input?: JsonSchema | undefined;
  readonly batched?: boolean;
}

export interface ProcedureOperations {
  readonly operations: readonly Operation[];
  readonly problems: readonly string[];
}

const lists = /^(list|all|getAll|findMany|index|getMany|list[A-Z]\w*|search)$/;
/** `byProject({ projectId })`: those of another thing. */
const listsOf = /^(list|find|get|all)?(by|for|of|in)[A-Z]\w*$/i;
const reads = /^(get|byId|getById|find|findOne|findById|one|show|read|detail|details|get[A-Z]\w*ById)$/;
const creates = /^(create|add|new|insert|make)([A-Z]\w*)?$/;
const changes = /^(update|edit|patch|modify|save|change)([A-Z]\w*)?$/;
const removes = /^(delete|remove|destroy|del)([A-Z]\w*)?$/;
const idName = /^(_?id|uuid|guid|slug)$/i;

/** Procedures as operations in resource style below `<endpoint>~/`; each says by its wire how it is spoken. */
export function operationsOfProcedures(
  procedures: readonly Procedure[],
  place: {
    readonly origin: string;
    readonly endpoint: string;
    readonly transformer: 'none' | 'superjson';
    readonly source: string;
  },
): ProcedureOperations {
  const operations = new Map<string, Operation>();
  const problems: string[] = [];
  const base = `${place.endpoint.replace(/\/$/, '') || '/'}~`;
  // The plain list of a collection is its list, wherever it stands in the code.
  const isPlainList = ({ path }: Procedure): number => Number(lists.test(path.split('.').at(-1) ?? ''));
  for (const procedure of procedures.toSorted((a, b) => isPlainList(b) - isPlainList(a))) {
    const { path, call } = procedure;
    if (call === 'subscription') {
      problems.push(`subscription ${path} is not tested`);
      continue;
    }
    const parts = path.split('.');
    const name = parts.at(-1) ?? path;
    const router = parts.slice(0, -1).join('/');
    const fields = fieldsOf(procedure.input);
    const own = fields.find((one) => idName.test(one.name)) ?? fields.find((one) => isIdOf(one.name, router));
    const { method, path: shape } = shapeOf(
      name,
      router,
      call,
      own?.name ?? null,
      procedure.input === undefined,
    );
    const inPath = shape.includes('{id}');
    const whole =
      procedure.input !== undefined && fields.length === 0 && procedure.input['type'] !== 'object';
    const rest = fields.filter((one) => !(inPath && one === own));
    const input: readonly RemoteValue[] = [
      ...(inPath
        ? [
            {
              name: own?.name ?? 'id',
              from: 'path',
              key: 'id',
              as: own?.numeric ? 'number' : 'text',
            } as const,
          ]
        : []),
      ...(whole
        ? [
            {
              name: '',
              from: call === 'query' ? 'query' : 'whole-body',
              key: call === 'query' ? 'input' : '',
              as: 'json',
            } as const,
          ]
        : rest.map((one): RemoteValue => ({
            name: one.name,
            from: call === 'query' ? 'query' : 'body',
            key: one.name,
            as: one.list ? 'list' : one.numeric ? 'number' : one.kind === 'boolean' ? 'boolean' : 'text',
          }))),
    ];
    const body: JsonSchema | null =
      call === 'query' || method === 'DELETE'
        ? null
        : {
            type: 'object',
            properties: Object.fromEntries(rest.map((one) => [one.name, one.schema])),
            required: rest.filter(({ required }) => required).map((one) => one.name),
          };
    const id = `${method} ${base}${shape}`;
    const key = operations.has(id) ? `${method} ${base}/${parts.join('/')}` : id;
    if (operations.has(key)) continue;
    const [, where = ''] = key.split(' ');
    const slots: readonly Slot[] = [
      ...(where.includes('{id}')
        ? [
            {
              in: 'path',
              name: 'id',
              required: true,
              schema: { type: own?.numeric ? 'integer' : 'string' },
            } as const,
          ]
        : []),
      ...(call === 'query'
        ? rest.map((one): Slot => ({
            in: 'query',
            name: one.name,
            required: one.required,
            schema: one.schema,
          }))
        : []),
      ...bodySlots(body ?? undefined),
    ];
    operations.set(key, {
      id: key,
      method,
      path: where,
      origin: place.origin,
      summary: `${call} ${path}`,
      tags: [],
      slots,
      ...(body === null || Object.keys(rest).length === 0
        ? {}
        : { body: { contentType: 'application/json', required: true, schema: body } }),
      responses: [],
      declaredAuth: 'unstated',
      sources: [place.source],
      wire: {
        kind: 'trpc',
        endpoint: place.endpoint,
        procedure: path,
        call,
        transformer: place.transformer,
        batched: procedure.batched === true,
        input,
      },
    });
  }
  return { operations: [...operations.values()], problems };
}

function shapeOf(
  name: string,
  router: string,
  call: 'query' | 'mutation',
  own: string | null,
  unknownInput: boolean,
): { readonly method: HttpMethod; readonly path: string } {
  const collection = router === '' ? '' : `/${pluralRouter(router)}`;
  const item = `${collection}/{id}`;
  if (call === 'query') {
    if (router !== '' && lists.test(name)) return { method: 'GET', path: collection };
    if (router !== '' && own === null && !unknownInput && listsOf.test(name))
      return { method: 'GET', path: collection };
    if (router !== '' && reads.test(name) && (own !== null || unknownInput))
      return { method: 'GET', path: item };
    return {
      method: 'GET',
      path: own !== null && router !== '' ? `${item}/${name}` : `${collection}/${name}`,
    };
  }
  if (router !== '' && creates.test(name)) return { method: 'POST', path: collection };
  if (router !== '' && (own !== null || unknownInput)) {
    if (changes.test(name)) return { method: 'PATCH', path: item };
    if (removes.test(name)) return { method: 'DELETE', path: item };
    if (own !== null) return { method: 'POST', path: `${item}/${name}` };
  }
  return { method: 'POST', path: `${collection}/${name}` };
}

/** Routers are named in either number; collections in the plural. */
function pluralRouter(router: string): string {
  const parts = router.split('/');
  const last = parts.at(-1) ?? '';
  const plural = /s$/i.test(last) ? last : /[^aeiou]y$/i.test(last) ? `${last.slice(0, -1)}ies` : `${last}s`;
  return [...parts.slice(0, -1), plural].join('/');
}

const isIdOf = (name: string, router: string): boolean => {
  const thing = singularOf(router.split('/').at(-1) ?? '').toLowerCase();
  return thing !== '' && name.replace(/[^a-z\d]/gi, '').toLowerCase() === `${thing}id`;
};

interface InputField {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  readonly numeric: boolean;
  readonly list: boolean;
  readonly kind: string;
}

function fieldsOf(schema: JsonSchema | undefined): readonly InputField[] {
  const properties = schema?.['properties'];
  const required: unknown = schema?.['required'];
  if (!isRecord(properties)) return [];
  return Object.entries(properties).map(([name, raw]): InputField => {
    const one: JsonSchema = isRecord(raw) ? raw : {};
    const kind = typeof one['type'] === 'string' ? one['type'] : 'string';
    return {
      name,
      schema: one,
      required: Array.isArray(required) && required.includes(name),
      numeric: kind === 'integer' || kind === 'number',
      list: kind === 'array',
      kind,
    };
  });
}
