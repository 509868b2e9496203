import * as z from 'zod';
import { actorId } from './ids.ts';

/** One account of one tenant with one role. */
export const actor = z
  .object({
    id: actorId,
    tenant: z.string().nullable().describe('null for the anonymous actor'),
    role: z.string(),
  })
  .readonly();
export type Actor = z.infer<typeof actor>;
