import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Rows, type Row } from '../../traps/store.ts';
import type { IsOn } from '../world.ts';
import { refuse, type Seller } from './market-sign-in.ts';

const line = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^\0]*$/);
const long = z
  .string()
  .max(2000)
  .regex(/^[^\0]*$/);
const listingBody = z.object({
  name: line,
  story: long.default(''),
  price: z.int().min(0).max(1_000_000),
});
const looseListing = listingBody.extend({ name: line.nullable() });
const offerBody = z.object({
  message: z
    .string()
    .min(1)
    .max(500)
    .regex(/^[^\0]*$/),
});
const couponBody = z.object({
  code: z
    .string()
    .min(1)
    .max(40)
    .regex(/^[^\0]*$/),
});
const slots = z.object({
  listingId: z.string().default(''),
  offerId: z.string().default(''),
  couponId: z.string().default(''),
});

const show = ({ id, fields }: Row): Record<string, unknown> => ({ id, ...fields });
const nameOf = ({ fields }: Row): string => String(fields['name'] ?? fields['message']);
const absent = (reply: FastifyReply): FastifyReply =>
  reply.code(404).send({ message: 'no such thing in this shop' });
const invalid = (reply: FastifyReply, field: string): FastifyReply =>
  reply.code(400).send({ message: `body/${field} is missing or does not fit` });
const forbidden = (reply: FastifyReply): FastifyReply => reply.code(403).send({ message: 'only admins may' });

/** A request that was let in. */
interface Call {
  readonly seller: Seller;
  /** Shop of the seller. */
  readonly shop: string;
  /** Shop that the header names. */
  readonly named: string;
  readonly id: z.infer<typeof slots>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Registers listings, offers for them, coupons, and what looks across them. */
export function registerShop(
  server: FastifyInstance,
  sellerOf: (request: FastifyRequest) => Seller | null,
  isOn: IsOn,
): void {
  const listings = new Rows('number');
  const offers = new Rows();
  const coupons = new Rows();
  const nobody: Seller = { email: '', tenant: '', role: 'nobody', password: '', displayName: '' };
  /** Lets sellers in whose header names their own shop, and nobody else unless a fault says so. */
  const inShop =
    (
      handle: (call: Call) => unknown,
      faults: { readonly anyShop?: string; readonly anonymous?: string } = {},
    ) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const open = faults.anonymous !== undefined && isOn(faults.anonymous);
      const seller = sellerOf(request) ?? (open ? nobody : null);
      if (seller === null) return refuse(reply);
      const named = String(request.headers['x-shop-id'] ?? '');
      const anyShop = seller === nobody || (faults.anyShop !== undefined && isOn(faults.anyShop));
      if (named !== seller.tenant && !anyShop)
        return reply.code(403).send({ message: 'this is not your shop' });
      return handle({ seller, shop: seller.tenant, named, id: slots.parse(request.params), request, reply });
    };
  const find = (rows: Rows, { seller, shop }: Call, id: string, byIdAlone: string): Row | undefined =>
    isOn(byIdAlone) || seller.role === 'nobody' ? rows.any(id) : rows.own(shop, id);
  const visible = (rows: Rows, { seller, shop }: Call, everything: string): readonly Row[] =>
    isOn(everything) || seller.role === 'nobody' ? rows.all : rows.of(shop);
  const offersFor = (rows: readonly Row[], id: string): readonly Row[] =>
    rows.filter(({ fields }) => fields['listingId'] === id);

  server.get(
    '/shop/listings',
    inShop(({ named }) => ({ data: listings.of(named).map(show) }), { anyShop: 'market-list-by-header' }),
  );
  server.post(
    '/shop/listings',
    inShop(
      ({ named, request, reply }) => {
        const schema = isOn('market-nameless-listing') ? looseListing : listingBody;
        const given = schema.safeParse(request.body);
        if (given.success) return reply.code(201).send(show(listings.insert(named, given.data)));
        if (isOn('market-price-as-text-crashes')) throw given.error;
        const [issue] = given.error.issues;
        return invalid(reply, issue?.path.join('/') ?? '');
      },
      { anyShop: 'market-listing-into-named-shop' },
    ),
  );
  server.get(
    '/shop/listings/:listingId',
    inShop(
      (call) => {
        const { id, named, shop, reply } = call;
        if (isOn('market-guard-compares-texts')) {
          const foreign = listings.any(id.listingId);
          if (foreign !== undefined && foreign.tenant !== shop) return absent(reply);
          const meant = listings.any(String(Number(id.listingId)));
          return meant === undefined ? absent(reply) : show(meant);
        }
        const row = isOn('market-header-names-the-shop')
          ? listings.own(named, id.listingId)
          : find(listings, call, id.listingId, 'market-listing-by-id-alone');
        return row === undefined ? absent(reply) : show(row);
      },
      { anyShop: 'market-header-names-the-shop', anonymous: 'market-listing-without-login' },
    ),
  );
  server.put(
    '/shop/listings/:listingId',
    inShop(
      (call) => {
        const { id, shop, seller, request, reply } = call;
        const row = find(
          listings,
          call,
          id.listingId,
          isOn('market-replaced-and-forbidden')
            ? 'market-replaced-and-forbidden'
            : 'market-replaced-by-id-alone',
        );
        if (row === undefined) return absent(reply);
        const given = listingBody.safeParse(request.body);
        if (!given.success) return invalid(reply, given.error.issues[0]?.path.join('/') ?? '');
        row.fields = given.data;
        if (seller.role === 'nobody') return refuse(reply);
        return row.tenant !== shop && isOn('market-replaced-and-forbidden') ? forbidden(reply) : show(row);
      },
      { anonymous: 'market-anonymous-replaces' },
    ),
  );
  server.delete(
    '/shop/listings/:listingId',
    inShop((call) => {
      const row = find(listings, call, call.id.listingId, 'market-deleted-and-absent');
      if (row === undefined) return absent(call.reply);
      row.deleted = true;
      for (const offer of offersFor(offers.all, row.id)) offer.deleted = true;
      return row.tenant === call.shop ? call.reply.code(204).send() : absent(call.reply);
    }),
  );
  server.get(
    '/shop/listings/:listingId/label',
    inShop((call) => {
      const row = find(listings, call, call.id.listingId, 'market-label-by-id-alone');
      if (row === undefined) return absent(call.reply);
      return call.reply.type('text/plain').send(`*** ${nameOf(row)} ***`);
    }),
  );
  server.get(
    '/shop/listings/:listingId/offers',
    inShop((call) => {
      const row = find(listings, call, call.id.listingId, 'market-offers-by-id-alone');
      return row === undefined ? absent(call.reply) : { data: offersFor(offers.all, row.id).map(show) };
    }),
  );
  server.post(
    '/shop/listings/:listingId/offers',
    inShop((call) => {
      const row = find(listings, call, call.id.listingId, 'market-offer-on-foreign-listing');
      if (row === undefined) return absent(call.reply);
      const given = offerBody.safeParse(call.request.body);
      if (!given.success) return invalid(call.reply, 'message');
      const made = offers.insert(row.tenant, { ...given.data, listingId: row.id });
      return call.reply.code(201).send(show(made));
    }),
  );
  server.get(
    '/shop/offers/:offerId',
    inShop((call) => {
      const row = find(offers, call, call.id.offerId, 'market-offer-by-id-alone');
      return row === undefined ? absent(call.reply) : show(row);
    }),
  );
  server.delete(
    '/shop/offers/:offerId',
    inShop((call) => {
      const row = find(offers, call, call.id.offerId, 'market-offer-deleted-by-anybody');
      if (row === undefined) return absent(call.reply);
      row.deleted = true;
      return call.reply.code(204).send();
    }),
  );

  server.get(
    '/shop/coupons',
    inShop((call) => ({ data: visible(coupons, call, 'market-coupons-unfiltered').map(show) })),
  );
  server.post(
    '/shop/coupons',
    inShop(({ seller, shop, request, reply }) => {
      if (seller.role !== 'admin' && !isOn('market-members-make-coupons')) return forbidden(reply);
      const given = couponBody.safeParse(request.body);
      if (!given.success) return invalid(reply, 'code');
      return reply.code(201).send(show(coupons.insert(shop, given.data)));
    }),
  );
  server.get(
    '/shop/coupons/:couponId',
    inShop(({ shop, id, reply }) => {
      const row = coupons.own(shop, id.couponId);
      return row === undefined ? absent(reply) : show(row);
    }),
  );
  server.delete(
    '/shop/coupons/:couponId',
    inShop(({ seller, shop, id, reply }) => {
      if (seller.role !== 'admin' && !isOn('market-members-delete-coupons')) return forbidden(reply);
      const row = coupons.own(shop, id.couponId);
      if (row === undefined) return absent(reply);
      row.deleted = true;
      return reply.code(204).send();
    }),
  );

  if (isOn('market-undocumented-debug'))
    server.get('/debug', async (request, reply) =>
      sellerOf(request) === null ? refuse(reply) : { listings: listings.all.map(show) },
    );
  server.get(
    '/shop/dashboard',
    inShop((call) => {
      const newest = visible(listings, call, 'market-dashboard-mixes').slice(-20);
      return { listings: listings.of(call.shop).length, newest: newest.map(nameOf) };
    }),
  );
  server.get(
    '/shop/recent',
    inShop((call) => visible(offers, call, 'market-recent-mixes').slice(-50).map(show), {
      anonymous: 'market-recent-without-login',
    }),
  );
  server.get(
    '/shop/margins',
    inShop(({ seller, shop, reply }) => {
      if (seller.role !== 'admin' && !isOn('market-members-see-margins')) return forbidden(reply);
      return { margins: listings.of(shop).map((row) => ({ listing: row.id, of: nameOf(row) })) };
    }),
  );
}
