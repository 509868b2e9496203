import { describeApi, text, type DescribedOperation } from '../describe-api.ts';

const listing = {
  name: text(120),
  story: text(2000),
  price: { type: 'integer', minimum: 0, maximum: 1_000_000 },
};
const inShop = (operation: DescribedOperation = {}): DescribedOperation => ({
  ...operation,
  headers: ['X-Shop-Id'],
});
const one = '/shop/listings/{listingId}';

/** What the marketplace says of itself. */
export const marketDocument = describeApi('Market', 'bearer', {
  'POST /auth/sign-in': {
    open: true,
    body: { email: text(254), password: text(200) },
    required: ['email', 'password'],
  },
  'POST /auth/logout': {},
  'GET /auth/me': {},
  'PATCH /auth/me': { body: { displayName: text(80) } },
  'POST /account/password': {
    body: { currentPassword: text(200), newPassword: { type: 'string', minLength: 12, maxLength: 200 } },
    required: ['currentPassword', 'newPassword'],
  },
  'GET /shop/listings': inShop(),
  'POST /shop/listings': inShop({ body: listing, required: ['name', 'price'] }),
  [`GET ${one}`]: inShop(),
  [`PUT ${one}`]: inShop({ body: listing, required: ['name', 'price'] }),
  [`DELETE ${one}`]: inShop(),
  [`GET ${one}/label`]: inShop(),
  [`GET ${one}/offers`]: inShop(),
  [`POST ${one}/offers`]: inShop({ body: { message: text(500) }, required: ['message'] }),
  'GET /shop/offers/{offerId}': inShop(),
  'DELETE /shop/offers/{offerId}': inShop(),
  'GET /shop/coupons': inShop(),
  'POST /shop/coupons': inShop({ body: { code: text(40) }, required: ['code'], roles: ['admin'] }),
  'GET /shop/coupons/{couponId}': inShop(),
  'DELETE /shop/coupons/{couponId}': { ...inShop(), roles: ['admin'] },
  'GET /shop/dashboard': inShop(),
  'GET /shop/recent': inShop(),
  'GET /shop/margins': { ...inShop(), roles: ['admin'] },
});
