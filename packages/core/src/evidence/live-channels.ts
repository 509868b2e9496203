import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

/** WebSockets and event streams, listened to by those whom they do not concern while an owner makes something. */
export const liveChannels = z
  .object({
    channels: z
      .array(
        z
          .object({
            kind: z.enum(['websocket', 'events']),
            operation: z.string().describe('`GET /live`'),
            source: z
              .string()
              .describe('where it was named: the document, a recording, a page, the target file'),
          })
          .readonly(),
      )
      .readonly(),
    trials: z
      .array(
        z
          .object({
            operation: z.string(),
            kind: z.enum(['websocket', 'events']),
            listener: actorId.describe('`anonymous` for nobody in particular'),
            asked: z.enum(['as-its-own', 'for-the-owner']).describe('whose channel was asked for'),
            relation: z.string().describe('`foreign admin`, `anonymous`'),
            owner: actorId,
            objectType: z.string(),
            verdict: z.enum(['leak', 'safe', 'inconclusive']),
            confirmations: z.int().nonnegative(),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
