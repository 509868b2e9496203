import { across, unlimitedLogin } from '../world-fault.ts';
import type { WorldFault } from '../world.ts';

const listing = '/shop/listings/{listingId}';
const offer = '/shop/offers/{offerId}';
const coupon = '/shop/coupons/{couponId}';

const access = (
  check: 'anonymous-access' | 'tampered-credential' | 'foreign-credential',
  id: string,
  title: string,
  place: WorldFault['expects']['place'],
): WorldFault => ({ id, family: 'SC-AUTHN', title, expects: { check: `access/${check}`, place } });
const role = (id: string, title: string, operation: string): WorldFault => ({
  id,
  family: 'CK-ROLES',
  title,
  expects: { check: 'roles/role-matrix', place: { operation } },
});
const input = (
  check: string,
  id: string,
  title: string,
  place: WorldFault['expects']['place'],
): WorldFault => ({
  id,
  family: 'SC-INPUT',
  title,
  expects: { check: `input/${check}`, place },
});

/** Ways to break the marketplace. */
export const marketFaults: readonly WorldFault[] = [
  across('read', 'market-listing-by-id-alone', 'a listing is looked up by its id alone', `GET ${listing}`),
  across(
    'read',
    'market-header-names-the-shop',
    'the shop of a listing is taken from a header, without asking who belongs to it',
    `GET ${listing}`,
  ),
  across(
    'list',
    'market-list-by-header',
    'listings are those of the shop that a header names, whoever asks',
    'GET /shop/listings',
  ),
  across(
    'read',
    'market-label-by-id-alone',
    'the printed label of any listing is given',
    `GET ${listing}/label`,
  ),
  across('list', 'market-offers-by-id-alone', 'offers for any listing are listed', `GET ${listing}/offers`),
  across('read', 'market-offer-by-id-alone', 'an offer is looked up by its id alone', `GET ${offer}`),
  across(
    'list',
    'market-dashboard-mixes',
    'the dashboard names the newest listings of all',
    'GET /shop/dashboard',
  ),
  across('list', 'market-recent-mixes', 'recent offers are those of all shops', 'GET /shop/recent'),
  across('list', 'market-coupons-unfiltered', 'coupons of all shops are listed', 'GET /shop/coupons'),
  across(
    'list',
    'market-undocumented-debug',
    'a forgotten page for debugging holds the listings of all shops',
    'GET /debug',
  ),
  across(
    'read',
    'market-guard-compares-texts',
    'the guard compares ids as texts and the lookup as numbers, so that 01 passes for 1',
    `GET ${listing}`,
  ),
  across('update', 'market-replaced-by-id-alone', 'a listing is replaced by its id alone', `PUT ${listing}`),
  across(
    'update',
    'market-replaced-and-forbidden',
    'replacing a foreign listing is answered 403, after it was done',
    `PUT ${listing}`,
  ),
  across(
    'delete',
    'market-offer-deleted-by-anybody',
    'an offer is deleted by its id alone',
    `DELETE ${offer}`,
  ),
  across(
    'delete',
    'market-deleted-and-absent',
    'deleting a foreign listing is answered 404, after it was done',
    `DELETE ${listing}`,
  ),
  across(
    'insert',
    'market-offer-on-foreign-listing',
    'an offer is put on whatever listing the path names',
    `POST ${listing}/offers`,
  ),
  across(
    'insert',
    'market-listing-into-named-shop',
    'a listing is made in the shop that a header names',
    'POST /shop/listings',
  ),
  role('market-members-make-coupons', 'members make coupons, which only admins may', 'POST /shop/coupons'),
  role('market-members-delete-coupons', 'members delete coupons, which only admins may', `DELETE ${coupon}`),
  role('market-members-see-margins', 'members see margins, which only admins may', 'GET /shop/margins'),
  {
    id: 'market-profile-takes-role',
    family: 'CK-ROLES',
    title: 'changing one’s own profile also takes a role',
    expects: { check: 'roles/self-promotion', place: { operation: 'PATCH /auth/me' } },
  },
  access('anonymous-access', 'market-listing-without-login', 'a listing is shown without a token', {
    operation: `GET ${listing}`,
  }),
  access('anonymous-access', 'market-recent-without-login', 'recent offers are shown without a token', {
    operation: 'GET /shop/recent',
  }),
  access(
    'anonymous-access',
    'market-anonymous-replaces',
    'a listing is replaced without a token, and refused',
    {
      operation: `PUT ${listing}`,
    },
  ),
  access(
    'tampered-credential',
    'market-token-secret-not-compared',
    'only the public part of a token is compared',
    {},
  ),
  access(
    'tampered-credential',
    'market-token-half-compared',
    'only the first half of a token is compared',
    {},
  ),
  {
    id: 'market-logout-forgets-nothing',
    family: 'SC-SESSION',
    title: 'logging out leaves the token alive',
    expects: { check: 'session/logout-invalidation', place: { relation: 'logout' } },
  },
  {
    id: 'market-password-keeps-tokens',
    family: 'SC-SESSION',
    title: 'a new password leaves other tokens alive',
    expects: { check: 'session/password-change-invalidation', place: { relation: 'password-change' } },
  },
  unlimitedLogin('market-sign-in-unlimited'),
  {
    id: 'market-sign-in-counts-accounts-only',
    family: 'SC-RATE',
    title: 'one address may try a password on as many accounts as it likes',
    expects: { check: 'limits/login-rate-limit', place: { variant: 'many-accounts' } },
  },
  input('malformed-input', 'market-price-as-text-crashes', 'a price that is no number is answered 500', {
    operation: 'POST /shop/listings',
  }),
  input('error-disclosure', 'market-errors-show-sql', 'a refusal repeats what the database said', {}),
  input('persisted-invalid-input', 'market-nameless-listing', 'a listing whose name is null is stored', {
    operation: 'POST /shop/listings',
  }),
  {
    id: 'market-no-nosniff',
    family: 'SC-CORS-CSRF',
    title: 'browsers may guess the type of answers',
    expects: { check: 'browser/security-headers', place: { header: 'x-content-type-options' } },
  },
  {
    id: 'market-private-answers-cached',
    family: 'SC-CORS-CSRF',
    title: 'private answers are declared good for every cache',
    expects: { check: 'browser/security-headers', place: { header: 'cache-control' } },
  },
];
