import * as z from 'zod';
import { httpMethod, jsonSchema } from '../model/operation.ts';

const sourceFrameworks = ['express', 'fastify', 'hono', 'nest', 'next', 'trpc'] as const;

/** Something that stands before a handler and can turn a request away, as far as reading shows. */
const sourceGuard = z
  .object({
    name: z.string(),
    where: z
      .enum(['handler', 'route', 'router', 'global'])
      .describe('handler: the handler itself refuses; router: everything mounted there passes it'),
    sure: z
      .boolean()
      .describe('whether its own text was read and refuses; otherwise only its name speaks for it'),
  })
  .readonly();

/** Routes that were read from the source code of the application, without running it. */
export const sourceRoutes = z
  .object({
    folder: z.string().describe('the folder as the target file names it'),
    files: z.int().nonnegative().describe('source files that were looked at'),
    routes: z
      .array(
        z
          .object({
            operation: z
              .string()
              .nullable()
              .describe('id of the operation it is, in the words of the merged list; null when it is none'),
            method: z.union([httpMethod, z.literal('ANY')]),
            path: z.string().describe('path template with {names}'),
            file: z.string().describe('relative to the folder'),
            line: z.int().positive(),
            framework: z.enum(sourceFrameworks),
            mounted: z
              .boolean()
              .describe('false when no place was seen that serves it, so that its path may lack a prefix'),
            guards: z.array(sourceGuard).readonly(),
            scope: z
              .enum(['seen', 'not-seen', 'unreadable'])
              .describe('whether the handler uses a tenant, owner or user that comes from the session'),
            takesId: z.boolean().describe('whether the request names an object by an id'),
            inDocument: z.boolean().nullable().describe('null when there is no document to compare with'),
            body: jsonSchema.optional(),
            problems: z.array(z.string()).readonly(),
          })
          .readonly(),
      )
      .readonly(),
    problems: z.array(z.string()).readonly().describe('what could not be read, with its file'),
  })
  .readonly();
