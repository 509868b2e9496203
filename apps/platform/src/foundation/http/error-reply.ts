import * as z from 'zod';

/** The body of every answer that is not a success. */
export const errorReply = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  })
  .describe('why the request was refused');
