import * as z from 'zod';

/** Where a value of a remote call comes from: a slot of the path or query, one field of the body, or the whole body. */
const remoteValue = z
  .object({
    name: z.string().describe('name of the variable, argument or input field'),
    from: z.enum(['path', 'query', 'body', 'whole-body']),
    key: z.string().describe('slot or body field it is read from; empty for the whole body'),
    as: z
      .enum(['text', 'number', 'boolean', 'json', 'list'])
      .describe('how text of a path or query is written'),
    inside: z.string().optional().describe('variable whose object it is put into'),
  })
  .readonly();
export type RemoteValue = z.infer<typeof remoteValue>;

const carrier = z
  .enum(['form', 'multipart', 'text-plain', 'get'])
  .optional()
  .describe('how it travels instead of as JSON: as a page elsewhere can send it');

/** An operation that is spoken as one GraphQL document. */
export const graphqlWire = z
  .object({
    kind: z.literal('graphql'),
    endpoint: z.string().describe('path of the endpoint, below the origin'),
    document: z.string(),
    plain: z.string().optional().describe('the same without nested objects, for servers that refuse those'),
    field: z.string().describe('root field; its value is the answer'),
    variables: z.array(remoteValue).readonly(),
    inline: z
      .array(z.string())
      .readonly()
      .optional()
      .describe('variables that are written into the document instead'),
    after: z.string().optional().describe('a harmless document that goes before it in the same batch'),
    carrier,
  })
  .readonly();
export type GraphqlWire = z.infer<typeof graphqlWire>;

/** An operation that is spoken as one call of a tRPC procedure. */
export const trpcWire = z
  .object({
    kind: z.literal('trpc'),
    endpoint: z.string().describe('path that procedures stand below'),
    procedure: z.string(),
    call: z.enum(['query', 'mutation']),
    transformer: z.enum(['none', 'superjson']),
    batched: z.boolean(),
    input: z.array(remoteValue).readonly(),
    carrier,
  })
  .readonly();
export type TrpcWire = z.infer<typeof trpcWire>;

/** An operation on rows of a table that is spoken as PostgREST. */
export const postgrestWire = z
  .object({
    kind: z.literal('postgrest'),
    table: z.string().describe('path of the table, below the origin'),
    filters: z.array(z.object({ slot: z.string(), column: z.string() }).readonly()).readonly(),
    answer: z.enum(['one', 'many', 'as-is']),
  })
  .readonly();
export type PostgrestWire = z.infer<typeof postgrestWire>;

/** How an operation is spoken on the network when it is not plain HTTP. */
export const wire = z.discriminatedUnion('kind', [graphqlWire, trpcWire, postgrestWire]);
export type Wire = z.infer<typeof wire>;
