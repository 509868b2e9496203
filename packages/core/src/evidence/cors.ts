import * as z from 'zod';
import { reproducibleTrialFields } from './trial.ts';

export const originKinds = [
  'arbitrary',
  'null',
  'prefix',
  'suffix',
  'unescaped-dot',
  'subdomain',
  'plain-http',
] as const;

/** Answers to requests that claim to come from origins nobody listed. */
export const cors = z
  .object({
    cookieTravels: z
      .enum(['yes', 'no', 'none'])
      .optional()
      .describe(
        'whether a script on another site sends the session cookie along (SameSite); none: no cookie authenticates',
      ),
    trials: z
      .array(
        z
          .object({
            operation: z.string(),
            originKind: z.enum(originKinds),
            origin: z.string(),
            preflight: z.boolean(),
            allowOrigin: z.string().nullable(),
            allowCredentials: z.boolean(),
            privateData: z.boolean().describe('the same request without a credential is refused'),
            verdict: z
              .enum(['unreadable', 'readable', 'readable-with-credentials', 'inconclusive'])
              .describe(
                'whether a page of that origin could read the answer; with credentials: as the signed-in user',
              ),
            browser: z
              .enum(['read', 'kept-back', 'not-opened'])
              .optional()
              .describe('what a page of that origin got to read in a real browser'),
            ...reproducibleTrialFields,
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
