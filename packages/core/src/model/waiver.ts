import * as z from 'zod';

/** An accepted finding. One that does not parse, or whose day has passed, is expired and waives nothing. */
export const waiver = z
  .object({
    finding: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .describe('the fingerprint'),
    reason: z.string().trim().min(10),
    owner: z.string().trim().min(2),
    expires: z.iso.date(),
  })
  .readonly();
export type Waiver = z.infer<typeof waiver>;

export const waiverUse = z
  .object({
    finding: z.string(),
    reason: z.string(),
    owner: z.string(),
    expires: z.string(),
    state: z.enum(['used', 'unused', 'expired']),
    because: z.string(),
  })
  .readonly();
export type WaiverUse = z.infer<typeof waiverUse>;
