import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

export const credentialKinds = ['none', 'expired', 'tampered', 'other-user'] as const;

/** Every operation called without a valid credential of its own. */
export const accessCoverage = z
  .object({
    trials: z
      .array(
        z
          .object({
            operation: z.string(),
            credential: z.enum(credentialKinds),
            actor: actorId.describe('whose rights the control used'),
            verdict: z
              .enum(['refused', 'public', 'exposed', 'changed', 'inconclusive'])
              .describe(
                'exposed: private data came back; changed: the owner then saw the change; public: meant for everybody',
              ),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    represented: z
      .array(
        z
          .object({
            operation: z.string(),
            credential: z.enum(credentialKinds),
            by: z.array(z.string()).readonly(),
          })
          .readonly(),
      )
      .readonly()
      .optional()
      .describe(
        'operations that were refused without a credential just as those beside them, and left other credentials to these',
      ),
    notTested: z
      .array(z.object({ credential: z.enum(credentialKinds), because: z.string() }).readonly())
      .readonly()
      .describe('kinds of credential that could not be made for this target'),
  })
  .readonly();
