import * as z from 'zod';

/** A real browser that opened pages of other origins during a probe; null when none is installed. */
export const browserSeen = z
  .object({
    version: z.string(),
    cookiesSent: z
      .boolean()
      .nullable()
      .describe('it sent the session cookie with a request of such a page; null: no such request was made'),
  })
  .readonly();
