import * as z from 'zod';

/** An address for mail, as we keep it: in lower case, ASCII, at most as long as the standard allows (RFC 5321). */
export const email = z
  .email('must be an address for mail')
  .max(254)
  .transform((text) => text.toLowerCase());

/** A short text of one line: a name, a title. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

/** A text of several lines. */
export const text = (max: number) => z.string().max(max, `must have at most ${max} characters`);

/** A secret out of a mailed link. */
export const mailedSecret = z
  .string()
  .min(16)
  .max(100)
  .regex(/^[A-Za-z0-9_-]+$/, 'is not a token');

/** Which page of a list: `after` is the id of the last item of the page before. */
export const page = z.strictObject({
  after: z.uuid().optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a number')
    .transform(Number)
    .pipe(z.int().min(1).max(100))
    .optional(),
});

/** Items of a page when the request does not say how many. */
export const defaultPageSize = 20;

/** A moment in an answer. */
export const moment = z.iso.datetime();

/** A page of a list in an answer: `next` goes into `after` of the next request, null at the end. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.uuid().nullable() });

/** Cuts one item more than asked for into a page. */
export const cutPage = <Item extends { readonly id: string }>(found: readonly Item[], size: number) => {
  const items = found.slice(0, size);
  return { items: [...items], next: found.length > size ? (items.at(-1)?.id ?? null) : null };
};
