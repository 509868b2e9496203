import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { browserSeen } from './browser-seen.ts';
import { provableTrialFields } from './trial.ts';

/** State changes sent as a hostile page's form or simple fetch would send them. */
export const csrf = z
  .object({
    cookieAuthentication: z.boolean(),
    trials: z
      .array(
        z
          .object({
            operation: z.string(),
            actor: actorId,
            style: z
              .enum(['form', 'multipart', 'text-plain', 'get', 'method-override'])
              .describe('method-override: a form that says by `_method` that it is a DELETE'),
            cookieTravels: z
              .enum(['yes', 'only-top-level-get', 'no'])
              .describe('whether browsers attach the session cookie to such a cross-site request (SameSite)'),
            verdict: z.enum(['refused', 'changed', 'inconclusive']),
            browser: z
              .enum(['carried-out', 'kept-back', 'not-opened'])
              .optional()
              .describe('what became of it from a page of another origin in a real browser'),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    notTested: z
      .array(z.object({ operation: z.string(), because: z.string() }).readonly())
      .readonly()
      .optional(),
    browser: browserSeen.nullable().optional(),
  })
  .readonly();
