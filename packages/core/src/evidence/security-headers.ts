import * as z from 'zod';
import { exchangeId } from '../model/ids.ts';
import { reproductionsByName } from './trial.ts';

/** Response headers of pages and of private answers. */
export const securityHeaders = z
  .object({
    answers: z
      .array(
        z
          .object({
            url: z.string().describe('path only'),
            scheme: z.enum(['http', 'https']),
            kind: z.enum(['page', 'api']),
            private: z.boolean().describe('the answer needed a credential'),
            authorization: z
              .boolean()
              .optional()
              .describe('the credential travelled in the Authorization header'),
            status: z.int(),
            headers: z.record(z.string(), z.string()).readonly(),
            metaPolicy: z
              .string()
              .optional()
              .describe('content security policy in the head of the page (CSP 3 section 3.3)'),
            exchange: exchangeId,
            reproduce: reproductionsByName.describe('by the name of the header that may be missing'),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
