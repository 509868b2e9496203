import { randomBytes, randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { IsOn } from '../world.ts';
import type { House, Login } from './hall-house.ts';
import type { HallProvider } from './hall-provider.ts';

const cookie = { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;

/** Registers signing in by a provider. */
export function registerSignOn(
  app: Hono,
  { house, provider, isOn }: { readonly house: House; readonly provider: HallProvider; readonly isOn: IsOn },
): void {
  const linked = new Map<string, string>();
  const mayReturnTo = (wanted: string): boolean => {
    if (isOn('hall-sso-returns-anywhere')) return true;
    if (isOn('hall-sso-compares-a-slash')) return wanted.startsWith('/');
    return /^\/(?![/\\])/.test(wanted);
  };
  app.get('/auth/sso', (context) => {
    const to = new URL('https://people.hall.test/authorize?response_type=code&client_id=hall&scope=openid');
    to.searchParams.set('redirect_uri', new URL('/auth/sso/callback', context.req.url).href);
    if (!isOn('hall-sso-unbound')) {
      const state = randomBytes(24).toString('base64url');
      setCookie(context, 'hall_sso', state, { ...cookie, maxAge: 600 });
      to.searchParams.set('state', state);
    }
    if (!isOn('hall-sso-unbound')) {
      const nonce = randomBytes(24).toString('base64url');
      setCookie(context, 'hall_nonce', nonce, { ...cookie, maxAge: 600 });
      to.searchParams.set('nonce', nonce);
    }
    const wanted = context.req.query('returnTo') ?? '/';
    if (mayReturnTo(wanted)) setCookie(context, 'hall_return', wanted, { ...cookie, maxAge: 600 });
    return context.redirect(to.href);
  });
  app.get('/auth/sso/callback', (context) => {
    const { code = '', state } = context.req.query();
    const own = getCookie(context, 'hall_sso');
    const isBound =
      isOn('hall-sso-unbound') ||
      (state === undefined
        ? isOn('hall-sso-takes-no-state')
        : isOn('hall-sso-takes-any-state') || (own !== undefined && own === state));
    deleteCookie(context, 'hall_sso', { path: '/', secure: true });
    const identity = isBound ? provider.redeem(code) : null;
    const isFresh =
      isOn('hall-sso-ignores-nonce') ||
      (isOn('hall-sso-takes-any-state') && own !== state) ||
      identity?.nonce === getCookie(context, 'hall_nonce');
    if (identity === null || !isFresh) return context.redirect('/?failed=1');
    const known = house.people.find(({ id }) => id === linked.get(identity.sub));
    const sameAddress = house.people.find(({ email }) => email === identity.email);
    const isTrusted = identity.verified || isOn('hall-sso-links-unverified');
    if (known === undefined && sameAddress !== undefined && !isTrusted) return context.redirect('/?failed=1');
    const person = known ?? sameAddress ?? house.join(identity.email);
    linked.set(identity.sub, person.id);
    const login: Login = house.open(person, randomUUID() + randomUUID());
    setCookie(context, 'hall_session', login.id, { ...cookie, maxAge: 86_400 });
    return context.redirect(getCookie(context, 'hall_return') ?? '/');
  });
}
