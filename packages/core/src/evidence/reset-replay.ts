import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { comparedTimes } from './compared-times.ts';
import { provableTrialFields } from './trial.ts';
import { tokenStrength } from './token-strength.ts';

export const resetCases = [
  'second-use',
  'replaced',
  'after-password-change',
  'race',
  'safe-method',
  'wrong-account',
  'forged-host',
  'token-in-answer',
  'sessions',
  'expired',
  'link-page',
] as const;

/** Password resets of throw-away accounts, used in ways they must not work; judged by which password logs in. */
export const resetReplay = z
  .object({
    request: z.string().nullable().describe('operation that mails a reset'),
    trials: z
      .array(
        z
          .object({
            case: z.enum(resetCases),
            actor: actorId,
            verdict: z.enum(['refused', 'accepted', 'inconclusive']),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    lifetimeMinutes: z.number().positive().nullable(),
    lifetimeSource: z.string().nullable(),
    strength: tokenStrength.nullable(),
    oracle: z
      .object({
        operation: z.string(),
        verdict: z.enum(['alike', 'differs', 'inconclusive']),
        ...provableTrialFields,
      })
      .readonly()
      .nullable()
      .describe('whether asking for a reset tells who has an account'),
    times: comparedTimes
      .nullable()
      .default(null)
      .describe('whether the time that asking for a reset takes tells it'),
    notTested: z
      .array(
        z
          .object({
            case: z.enum(resetCases),
            because: z.string(),
            absent: z.boolean().optional().describe('no operation for resets is known at all'),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
