import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { comparedTimes } from './compared-times.ts';
import { tokenStrength } from './token-strength.ts';
import { provableTrialFields } from './trial.ts';

export const inviteCases = [
  'second-use',
  'other-account',
  'revoked',
  'safe-method',
  'race',
  'replaced',
  'edited',
  'shown',
  'expired',
  'link-page',
  'signup',
] as const;

/** An invite used in ways it must not work; judged by who is a member afterwards. */
export const inviteReplay = z
  .object({
    trials: z
      .array(
        z
          .object({
            case: z.enum(inviteCases),
            inviter: actorId,
            verdict: z.enum(['refused', 'accepted', 'inconclusive']),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    lifetimeHours: z
      .number()
      .positive()
      .nullable()
      .describe('declared by the answer or the mail; null when unseen'),
    lifetimeSource: z.string().nullable(),
    strength: tokenStrength.nullable().default(null),
    oracle: z
      .object({
        operation: z.string(),
        verdict: z.enum(['alike', 'differs', 'inconclusive']),
        ...provableTrialFields,
      })
      .readonly()
      .nullable()
      .default(null)
      .describe('whether inviting an address tells whether it has an account in another tenant'),
    times: comparedTimes
      .nullable()
      .default(null)
      .describe('whether the time that inviting an address takes tells it'),
    notTested: z
      .array(
        z
          .object({
            case: z.enum(inviteCases),
            because: z.string(),
            absent: z.boolean().optional().describe('the application does nothing that this could break'),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
