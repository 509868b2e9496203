import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { browserSeen } from './browser-seen.ts';
import { provableTrialFields } from './trial.ts';

/** WebSockets opened as a page of another origin opens them, with the cookies of a signed-in visitor. */
export const socketOrigins = z
  .object({
    cookieAuthentication: z.boolean(),
    sockets: z.array(z.string()).readonly().describe('every WebSocket that something names, as `GET /live`'),
    trials: z
      .array(
        z
          .object({
            operation: z.string().describe('`GET /live`'),
            actor: actorId,
            verdict: z
              .enum(['received', 'refused', 'silent', 'kept-back', 'inconclusive'])
              .describe(
                'received: the page got what only this visitor may read; silent: open, but nothing of it came; kept-back: the browser sends no cookie along',
              ),
            browser: z.enum(['carried-out', 'kept-back', 'not-opened']).optional(),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    browser: browserSeen.nullable().optional(),
  })
  .readonly();
