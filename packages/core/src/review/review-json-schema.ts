import * as z from 'zod';
import { review } from '../model/review.ts';

/** The JSON schema (draft 2020-12) of a review document, as published with the package. */
export const reviewJsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(review, { target: 'draft-2020-12' }),
  title: 'Launch Ready review',
});
