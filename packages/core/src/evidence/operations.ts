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
  })
  .readonly();
