import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import { describeApi, text } from '../describe-api.ts';
import type { IsOn } from '../world.ts';

const product = { name: text(200), about: text(2000) };
const review = { words: text(500) };
const one = '/api/reviews/{reviewId}';

const described = describeApi('Commons', 'bearer', {
  'GET /api/products': { open: true },
  'POST /api/products': { body: product, required: ['name', 'about'], answers: 'made' },
  'GET /api/products/{productId}': { open: true },
  'DELETE /api/products/{productId}': {},
  'GET /api/products/{productId}/reviews': { open: true, answers: 'list' },
  'POST /api/products/{productId}/reviews': { body: review, required: ['words'], answers: 'made' },
  [`GET ${one}`]: { open: true },
  [`PATCH ${one}`]: { body: review, required: ['words'] },
  [`DELETE ${one}`]: {},
  [`POST ${one}/like`]: {},
});

export const commonsPaths = described['paths'] as Record<string, unknown>;

interface Row {
  readonly id: string;
  readonly tenant: string;
  readonly parent: string | null;
  fields: Record<string, unknown>;
}

const words = (max: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((given) => !given.includes('\0'));
const newProduct = z.object({ name: words(200), about: words(2000) });
const newReview = z.object({ words: words(500) });
const named = z.object({ productId: z.string().default(''), reviewId: z.string().default('') });

/** A catalogue for everybody: whoever is signed in may review any product and like any review; only its writer changes a review. */
export function registerCommons(
  server: FastifyInstance,
  isOn: IsOn,
  whoIs: (request: FastifyRequest) => Account | null,
): void {
  const rows = new Map<string, Row>();
  const shown = ({ id, fields }: Row): object => ({ id, ...fields });
  const absent = (reply: FastifyReply): FastifyReply => reply.code(404).send({ error: 'not found' });
  const below = (parent: string | null): object => ({
    items: [...rows.values()].filter((row) => row.parent === parent).map(shown),
  });
  const inside =
    (handler: (account: Account, request: FastifyRequest, reply: FastifyReply) => unknown) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const account = whoIs(request);
      return account ? handler(account, request, reply) : reply.code(401).send({ error: 'sign in first' });
    };
  const make = (schema: z.ZodType<Record<string, unknown>>, kind: 'product' | 'review') =>
    inside(({ tenant }, request, reply) => {
      const given = schema.safeParse(request.body);
      if (!given.success) return reply.code(422).send({ issues: given.error.issues });
      const { productId } = named.parse(request.params);
      if (kind === 'review' && !rows.has(productId)) return absent(reply);
      const likes = kind === 'review' ? { likes: 0 } : {};
      const parent = kind === 'review' ? productId : null;
      const row: Row = { id: randomUUID(), tenant, parent, fields: { ...given.data, ...likes } };
      rows.set(row.id, row);
      return reply.code(201).send(shown(row));
    });
  const idOf = (request: FastifyRequest): string => {
    const { productId, reviewId } = named.parse(request.params);
    return reviewId || productId;
  };
  const read = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const row = rows.get(idOf(request));
    return row ? shown(row) : absent(reply);
  };
  const remove = inside(({ tenant }, request, reply) => {
    const row = rows.get(idOf(request));
    if (row?.tenant !== tenant) return absent(reply);
    rows.delete(row.id);
    return reply.code(204).send();
  });

  server.get('/api/products', async () => below(null));
  server.post('/api/products', make(newProduct, 'product'));
  server.get('/api/products/:productId', read);
  server.delete('/api/products/:productId', remove);
  server.get('/api/products/:productId/reviews', async (request) => below(idOf(request)));
  server.post('/api/products/:productId/reviews', make(newReview, 'review'));
  server.get('/api/reviews/:reviewId', read);
  server.delete('/api/reviews/:reviewId', remove);
  server.patch(
    '/api/reviews/:reviewId',
    inside(({ tenant }, request, reply) => {
      const row = rows.get(idOf(request));
      const isTheirs = row?.tenant === tenant || isOn('commons-review-changed-by-anybody');
      if (!row || !isTheirs) return absent(reply);
      const given = newReview.partial().safeParse(request.body);
      if (!given.success) return reply.code(422).send({ issues: given.error.issues });
      row.fields = { ...row.fields, ...given.data };
      return shown(row);
    }),
  );
  server.post(
    '/api/reviews/:reviewId/like',
    inside((_, request, reply) => {
      const row = rows.get(idOf(request));
      if (!row) return absent(reply);
      row.fields = { ...row.fields, likes: Number(row.fields['likes']) + 1 };
      return shown(row);
    }),
  );
}
