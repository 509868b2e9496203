import type { Journey } from '../journey.ts';
import { textAt } from '../text-at.ts';

/** A day in the marketplace. */
export const marketJourney: Journey = {
  async signIn(visitor, { email, password, tenant }) {
    const { headers } = await visitor.send('POST', '/auth/sign-in', { email, password });
    visitor.carry('authorization', `Bearer ${headers.get('x-auth-token') ?? ''}`);
    visitor.carry('x-shop-id', tenant);
    await visitor.send('GET', '/auth/me');
  },
  async visit(visitor, { role, tenant }) {
    const named = (name: string): string => `${name} of ${role} in ${tenant}`;
    await visitor.send('PATCH', '/auth/me', { displayName: named('Shop') });
    const ids: string[] = [];
    for (const name of ['Chair', 'Table']) {
      const made = await visitor.send('POST', '/shop/listings', {
        name: named(name),
        story: 'Oak',
        price: 120,
      });
      ids.push(textAt(made.json, 'id'));
    }
    await visitor.send('GET', '/shop/listings');
    for (const listing of ids) {
      const at = `/shop/listings/${listing}`;
      await visitor.send('GET', at);
      await visitor.send('PUT', at, { name: named('Stool'), story: 'Beech', price: 80 });
      await visitor.send('GET', `${at}/label`);
      const offer = await visitor.send('POST', `${at}/offers`, { message: named('Seventy') });
      await visitor.send('GET', `${at}/offers`);
      await visitor.send('GET', `/shop/offers/${textAt(offer.json, 'id')}`);
      for (const path of ['coupons', 'dashboard', 'recent', 'margins'])
        await visitor.send('GET', `/shop/${path}`);
      const coupon = await visitor.send('POST', '/shop/coupons', { code: `SAVE-${role}-${listing}` });
      const atCoupon = `/shop/coupons/${textAt(coupon.json, 'id') || 'none'}`;
      await visitor.send('GET', atCoupon);
      await visitor.send('DELETE', atCoupon);
      await visitor.send('DELETE', `/shop/offers/${textAt(offer.json, 'id')}`);
      await visitor.send('DELETE', at);
    }
    await visitor.send('POST', '/account/password', {
      currentPassword: 'not this one',
      newPassword: 'and so not this one',
    });
    await visitor.send('POST', '/auth/logout');
  },
};
