import * as z from 'zod';
import { provableTrialFields } from './trial.ts';

/** Ways in which a single sign-on can be turned against its users. */
export const singleSignOnCases = [
  'binding',
  'missing-state',
  'foreign-state',
  'reused-answer',
  'foreign-nonce',
  'return-to',
  'unverified-email',
] as const;

/** Single sign-on as a browser meets it: where it starts, what it carries, and what its callback takes. */
export const singleSignOn = z
  .object({
    offered: z.boolean(),
    because: z.string().describe('where it starts, or where it was looked for'),
    trials: z
      .array(
        z
          .object({
            case: z.enum(singleSignOnCases),
            start: z.string().describe('path at which the sign-on starts'),
            verdict: z.enum(['refused', 'accepted', 'inconclusive']),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    notTested: z
      .array(z.object({ case: z.enum(singleSignOnCases), because: z.string() }).readonly())
      .readonly(),
  })
  .readonly();
