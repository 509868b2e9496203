import * as z from 'zod';
import { actorId } from '../model/ids.ts';
import { provableTrialFields } from './trial.ts';

/** Ways in which refresh tokens can be too strong, or too weak for honest clients. */
export const refreshCases = ['rotation', 'reuse', 'fork', 'parallel-fork', 'parallel-lockout'] as const;

/** Refresh tokens traded in once, twice and at the same time. */
export const refreshTokens = z
  .object({
    offered: z.boolean().describe('a login gave out a refresh token and a way to use it was found'),
    because: z.string().describe('what was found, or why none was'),
    trials: z
      .array(
        z
          .object({
            case: z.enum(refreshCases),
            actor: actorId,
            verdict: z.enum(['good', 'bad', 'inconclusive']),
            ...provableTrialFields,
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
