import * as z from 'zod';
import { reproduction } from '../model/finding.ts';
import { exchangeId } from '../model/ids.ts';

/** What every trial carries: why its verdict was reached, and the exchanges that show it. */
export const trialFields = {
  because: z.string(),
  exchanges: z.array(exchangeId).readonly(),
  seenOnce: z
    .literal(true)
    .optional()
    .describe('the fault showed, and did not when it was tried again: nothing may pass while that is open'),
} as const;

/** For trials of evidence that was first written without reproductions. */
export const reproducibleTrialFields = {
  ...trialFields,
  reproduce: reproduction.nullable().optional(),
} as const;

/** For facts that can lack several things: a reproduction for each, by its name. */
export const reproductionsByName = z.record(z.string(), reproduction).readonly().nullable().optional();

/** For trials that can end in a finding. */
export const provableTrialFields = {
  ...trialFields,
  reproduce: reproduction.nullable(),
} as const;
