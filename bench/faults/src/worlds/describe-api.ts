/** What a document says of an operation. */
export interface DescribedOperation {
  /** Schemas of the fields of its body. */
  readonly body?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly query?: readonly string[];
  /** Query parameters that it must have. */
  readonly needs?: readonly string[];
  /** Request headers that it must have. */
  readonly headers?: readonly string[];
  /** How it answers when all goes well: with an object, a list of them, or as 201 with what was made. */
  readonly answers?: 'object' | 'list' | 'made';
  /** Open to everybody. */
  readonly open?: true;
  /** Roles that may call it; every role when absent. */
  readonly roles?: readonly string[];
}

export const text = (maxLength: number): object => ({ type: 'string', maxLength });

/** An OpenAPI document of operations by `METHOD /path`. */
export function describeApi(
  title: string,
  by: 'cookie' | 'bearer',
  operations: Readonly<Record<string, DescribedOperation>>,
): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [id, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = id.split(' ');
    (paths[path] ??= {})[method.toLowerCase()] = describe(path, operation);
  }
  const scheme =
    by === 'bearer' ? { type: 'http', scheme: 'bearer' } : { type: 'apiKey', in: 'cookie', name: 'session' };
  return {
    openapi: '3.1.0',
    info: { title, version: '1' },
    security: [{ [by]: [] }],
    components: { securitySchemes: { [by]: scheme } },
    paths,
  };
}

const list = {
  type: 'object',
  properties: { items: { type: 'array', items: { type: 'object' } } },
};

function describe(
  path: string,
  {
    body,
    required = [],
    query = [],
    needs = [],
    headers = [],
    answers = 'object',
    open,
    roles,
  }: DescribedOperation,
): object {
  const slots = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const questions = query.map((name) => ({ name, in: 'query', schema: { type: 'string' } }));
  const asked = needs.map((name) => ({ name, in: 'query', required: true, schema: { type: 'string' } }));
  const needed = headers.map((name) => ({ name, in: 'header', required: true, schema: { type: 'string' } }));
  return {
    parameters: [...slots, ...questions, ...asked, ...needed],
    ...(open === undefined ? {} : { security: [] }),
    ...(roles === undefined ? {} : { 'x-roles': roles }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: { type: 'object', properties: body, required } },
            },
          },
        }),
    responses: {
      [answers === 'made' ? '201' : '200']: {
        description: 'done',
        content: { 'application/json': { schema: answers === 'list' ? list : { type: 'object' } } },
      },
    },
  };
}
