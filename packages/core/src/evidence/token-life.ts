import * as z from 'zod';
import { actorId, exchangeId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

const trial = z.object({
  actor: actorId,
  verdict: z.enum(['refused', 'accepted', 'inconclusive']),
  ...provableTrialFields,
});

/** How long tokens say that they live, what else they open, and whether a login starts a session of its own. */
export const tokenLife = z
  .object({
    lives: z
      .array(
        z
          .object({
            actor: actorId,
            token: z.enum(['access', 'refresh', 'session-cookie']),
            seconds: z.number().nullable().describe('declared life; null when nothing declares one'),
            source: z.string().describe('what declares it'),
            selfContained: z
              .boolean()
              .describe('a signed token that a server may accept without looking it up'),
            endless: z.boolean().describe('a signed token without an end'),
            revocable: z
              .boolean()
              .nullable()
              .describe('it was seen to be refused after logging out; null when that was not seen'),
            exchanges: z.array(exchangeId).readonly(),
          })
          .readonly(),
      )
      .readonly(),
    purposes: z
      .array(trial.extend({ token: z.string(), usedAs: z.string() }).readonly())
      .readonly()
      .describe('tokens of one purpose used for another'),
    fixation: trial.readonly().nullable().describe('a session id from before the login, used after it'),
    notTested: z
      .array(
        z
          .object({
            what: z.enum(['lives', 'purposes', 'fixation']),
            because: z.string(),
            absent: z.boolean(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
