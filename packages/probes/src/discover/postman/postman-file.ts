import * as z from 'zod';

const text = z.coerce.string();
const variable = z.object({
  key: z.string().optional(),
  id: z.string().optional(),
  value: z.unknown().optional(),
});
const field = z.object({
  key: z.string().catch(''),
  value: z.unknown().optional(),
  type: z.string().optional(),
  disabled: z.boolean().optional(),
});
const auth = z.object({ type: z.string() }).nullish().catch(undefined);
const url = z.union([
  z.string(),
  z.object({
    raw: z.string().optional(),
    protocol: z.string().nullish(),
    host: z.union([z.string(), z.array(text)]).optional(),
    port: z.union([z.string(), z.number()]).nullish(),
    path: z
      .union([
        z.string(),
        z.array(z.union([z.string(), z.object({ value: text }).transform(({ value }) => value)])),
      ])
      .optional(),
    query: z.array(field).nullish().catch([]),
    variable: z.array(variable).nullish().catch([]),
  }),
]);
const request = z.union([
  z.string().transform((address) => ({
    method: 'GET',
    url: address,
    header: undefined,
    body: undefined,
    auth: undefined,
  })),
  z.object({
    method: z.string().default('GET'),
    url: url.default(''),
    header: z
      .union([z.string(), z.array(field)])
      .nullish()
      .catch(undefined),
    body: z
      .object({
        mode: z.string().optional(),
        raw: z.string().optional(),
        urlencoded: z.array(field).optional(),
        formdata: z.array(field).optional(),
        options: z.object({ raw: z.object({ language: z.string().optional() }).optional() }).optional(),
      })
      .nullish()
      .catch(undefined),
    auth,
  }),
]);
const response = z.object({
  code: z.number().optional(),
  header: z
    .union([z.string(), z.array(field)])
    .nullish()
    .catch(undefined),
  body: z.string().nullish(),
});
const item = z.object({
  name: z.string().optional(),
  item: z.array(z.unknown()).optional(),
  request: request.optional(),
  response: z.array(response).nullish().catch([]),
  auth,
});
const collection = z.object({
  info: z.object({
    name: z.string().optional(),
    schema: z.string().optional(),
    version: z.unknown().optional(),
  }),
  item: z.array(z.unknown()),
  variable: z.array(variable).nullish().catch([]),
  auth,
});

type PostmanRequest = Exclude<z.infer<typeof request>, string>;
export type PostmanUrl = z.infer<typeof url>;
export type PostmanField = z.infer<typeof field>;

/** One request of a collection, with what its folders say about it. */
export interface PostmanCall {
  readonly name: string;
  readonly folders: readonly string[];
  readonly request: PostmanRequest;
  readonly responses: readonly { readonly status: number; readonly body: string }[];
  /** Kind of authorisation of the request or of what it inherits from; null when none is said. */
  readonly auth: string | null;
}

export interface PostmanCollection {
  readonly title: string | null;
  readonly variables: ReadonlyMap<string, string>;
  readonly calls: readonly PostmanCall[];
  readonly problems: readonly string[];
}

/** Reads a collection of format 2.0 or 2.1; null when the text is none. */
export function readPostman(content: string): PostmanCollection | null {
  let parsed: z.infer<typeof collection>;
  try {
    parsed = collection.parse(JSON.parse(content));
  } catch {
    return null;
  }
  const problems: string[] = [];
  const schema = parsed.info.schema ?? '';
  if (!/v2\.[01]/.test(schema))
    problems.push(`format ${schema || 'without a schema'} is not known; it is read as 2.1`);
  const calls: PostmanCall[] = [];
  const visit = (raw: unknown, folders: readonly string[], inherited: string | null): void => {
    const one = item.safeParse(raw);
    if (!one.success) {
      problems.push(`an item${folders.length > 0 ? ` in ${folders.join(' / ')}` : ''} cannot be read`);
      return;
    }
    const { name = '', item: inner, request: sent, response: answers, auth: own } = one.data;
    const said = own?.type ?? inherited;
    for (const child of inner ?? []) visit(child, name === '' ? folders : [...folders, name], said);
    if (!sent) return;
    calls.push({
      name,
      folders,
      request: sent,
      responses: (answers ?? []).flatMap(({ code, body }) =>
        code === undefined ? [] : [{ status: code, body: body ?? '' }],
      ),
      auth: sent.auth?.type ?? said,
    });
  };
  for (const one of parsed.item) visit(one, [], parsed.auth?.type ?? null);
  const variables = new Map(
    (parsed.variable ?? []).flatMap(({ key, id, value }): [string, string][] => {
      const name = key ?? id;
      return name === undefined || (typeof value !== 'string' && typeof value !== 'number')
        ? []
        : [[name, String(value)]];
    }),
  );
  return { title: parsed.info.name ?? null, variables, calls, problems: [...new Set(problems)].slice(0, 20) };
}
