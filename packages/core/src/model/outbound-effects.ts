import * as z from 'zod';

/** What left the target, or may have left it, because of what a run sent. */
export const outboundEffects = z
  .object({
    domains: z
      .array(
        z
          .object({
            domain: z.string(),
            addresses: z.int().positive().describe('different addresses made up for the run'),
            operations: z.array(z.string()).readonly(),
          })
          .readonly(),
      )
      .readonly()
      .describe('domains of e-mail addresses in requests that were not refused'),
    hosts: z
      .array(z.object({ host: z.string(), operations: z.array(z.string()).readonly() }).readonly())
      .readonly()
      .describe('hosts of URLs in such requests: the target may call them'),
    mails: z
      .int()
      .nonnegative()
      .nullable()
      .describe('mails that the target was seen to send; null when no inbox was given'),
  })
  .readonly();
export type OutboundEffects = z.infer<typeof outboundEffects>;
