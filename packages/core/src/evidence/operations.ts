import * as z from 'zod';
import { exchangeId } from '../model/ids.ts';
import { operation } from '../model/operation.ts';

/** What the application offers, from every document that could be read. */
export const operations = z
  .object({
    documents: z
      .array(
        z
          .object({
            source: z.string(),
            title: z.string().nullable(),
            version: z.string().nullable(),
            problems: z.array(z.string()).readonly(),
            exchange: exchangeId.nullable(),
          })
          .readonly(),
      )
      .readonly(),
    operations: z.array(operation).readonly(),
    subscriptions: z
      .array(
        z
          .object({
            origin: z.string(),
            endpoint: z.string().describe('path of the GraphQL endpoint, below the origin'),
            field: z.string(),
            document: z.string(),
          })
          .readonly(),
      )
      .readonly()
      .optional()
      .describe('GraphQL subscriptions that need no argument'),
  })
  .readonly();
