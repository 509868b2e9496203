import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

const injectionKinds = [
  'sql-condition',
  'sql-error',
  'query-operator',
  'template',
  'stored-script',
  'reflected-script',
  'file-path',
  'response-header',
] as const;

/** Values with the syntax of another language, in own searches and own objects alone, and whether that language understood them. */
export const injection = z
  .object({
    trials: z
      .array(
        z
          .object({
            operation: z.string(),
            actor: actorId,
            kind: z.enum(injectionKinds),
            slot: z.string().describe('where the value travelled: query q, path post, body /title'),
            verdict: z
              .enum(['takes-effect', 'inert', 'inconclusive'])
              .describe(
                'takes-effect: twice, and a control that differs in its meaning alone had another result',
              ),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
    notTested: z
      .array(z.object({ operation: z.string(), because: z.string() }).readonly())
      .readonly()
      .optional(),
  })
  .readonly();
