import * as z from 'zod';
import { wire } from './wire.ts';

export const httpMethods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export const httpMethod = z.enum(httpMethods);
export type HttpMethod = z.infer<typeof httpMethod>;

/** A JSON schema as found in an API document, with references resolved. Read with care: documents lie. */
export const jsonSchema = z.record(z.string(), z.unknown()).readonly();
export type JsonSchema = z.infer<typeof jsonSchema>;

/** Where the value of a slot was seen to come from: an answer that showed it before a request used it. */
export const slotSource = z
  .object({
    operation: z.string().describe('id of the operation whose answer showed the value'),
    pointer: z
      .string()
      .describe(
        'JSON pointer in that answer, with `*` for any item of a list; `header location` for the header',
      ),
    inside: z
      .enum(['itself', 'url', 'base64'])
      .describe('the value itself, a segment of a URL there, or the end of a base64 text such as `Type:id`'),
  })
  .readonly();
export type SlotSource = z.infer<typeof slotSource>;

/** A place in a request that takes a value. */
export const slot = z
  .object({
    in: z.enum(['path', 'query', 'header', 'cookie', 'body']),
    name: z.string().describe('parameter name, or the JSON pointer of a body field'),
    required: z.boolean(),
    schema: jsonSchema.optional(),
    refersTo: slotSource.optional().describe('where its values were seen to come from'),
  })
  .readonly();
export type Slot = z.infer<typeof slot>;

export const bodyShape = z
  .object({
    contentType: z.string(),
    required: z.boolean(),
    schema: jsonSchema.optional(),
    example: z.unknown().optional(),
  })
  .readonly();
export type BodyShape = z.infer<typeof bodyShape>;

export const responseShape = z
  .object({
    status: z.string().describe('a status code, a class such as 2XX, or default'),
    contentType: z.string().nullable(),
    schema: jsonSchema.optional(),
  })
  .readonly();
export type ResponseShape = z.infer<typeof responseShape>;

/** Method and path template with its slots, and where it was found. */
export const operation = z
  .object({
    id: z.string().describe('`METHOD /path/{template}`'),
    method: httpMethod,
    path: z.string().describe('path template with {names}, below the origin'),
    origin: z.string().describe('scheme, host and port that serve it'),
    summary: z.string().optional(),
    tags: z.array(z.string()).readonly(),
    slots: z.array(slot).readonly(),
    body: bodyShape.optional(),
    responses: z.array(responseShape).readonly(),
    declaredAuth: z.enum(['required', 'public', 'unstated']),
    declaredPermission: z.string().optional().describe('x-permission of the document'),
    declaredRoles: z.array(z.string()).readonly().optional().describe('x-roles of the document'),
    sources: z.array(z.string()).readonly(),
    wire: wire.optional().describe('how it is spoken on the network; absent for plain HTTP'),
  })
  .readonly();
export type Operation = z.infer<typeof operation>;

/** Methods that HTTP calls safe (RFC 9110 section 9.2.1): asking for them must not change anything. */
export const isSafeMethod = (method: HttpMethod): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
