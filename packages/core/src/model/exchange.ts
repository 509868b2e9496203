import * as z from 'zod';
import { actorId, exchangeId } from './ids.ts';

/** Header names are lower case; a header sent twice keeps both values. */
export const headerList = z.array(z.tuple([z.string(), z.string()])).readonly();
export type HeaderList = z.infer<typeof headerList>;

export const recordedBody = z
  .object({
    bytes: z.int().nonnegative().describe('length on the wire after decoding, before redaction and cutting'),
    text: z.string().describe('redacted, cut to the limit of the transcript'),
    cut: z.boolean(),
  })
  .readonly();
export type RecordedBody = z.infer<typeof recordedBody>;

/** One request and its answer, redacted before it is kept. */
export const exchange = z
  .object({
    id: exchangeId,
    at: z.iso.datetime(),
    probe: z.string(),
    actor: actorId,
    purpose: z.string().describe('why this request was sent, in a few words'),
    request: z
      .object({
        method: z.string(),
        url: z.string(),
        httpVersion: z.enum(['1.1', '2']),
        headers: headerList,
        body: recordedBody.nullable(),
      })
      .readonly(),
    response: z
      .object({
        status: z.int(),
        headers: headerList,
        body: recordedBody,
      })
      .readonly()
      .nullable(),
    failure: z.string().nullable().describe('why there is no answer: refused, reset, timed out, too large'),
    timing: z
      .object({
        firstByteMs: z.number().nullable(),
        totalMs: z.number(),
      })
      .readonly(),
  })
  .readonly();
export type Exchange = z.infer<typeof exchange>;
