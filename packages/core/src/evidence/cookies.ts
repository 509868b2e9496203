import * as z from 'zod';
import { exchangeId } from '../model/ids.ts';
import { reproductionsByName } from './trial.ts';

/** Cookies set at login, with the flags of their last Set-Cookie line. */
export const cookies = z
  .object({
    used: z.boolean().describe('some actor is authenticated by a cookie'),
    crossSite: z
      .boolean()
      .optional()
      .describe('pages and API are on different sites, so that only SameSite=None lets them work together'),
    cookies: z
      .array(
        z
          .object({
            name: z.string(),
            authenticates: z.boolean().describe('without it the actor is nobody'),
            httpOnly: z.boolean(),
            secure: z.boolean(),
            sameSite: z.enum(['strict', 'lax', 'none', 'absent']),
            path: z.string().nullable(),
            domain: z.string().nullable(),
            exchange: exchangeId,
            reproduce: reproductionsByName.describe(
              'by the flag that is missing: `HttpOnly`, `Secure`, `SameSite`',
            ),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
