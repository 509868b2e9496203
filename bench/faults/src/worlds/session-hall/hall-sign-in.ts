import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';
import { LoginGuard } from '../login-guard.ts';
import type { IsOn } from '../world.ts';
import {
  refreshSeconds,
  type House,
  type Login,
  type Person,
  type Refresh,
  type Role,
} from './hall-house.ts';
import { hallTokens, type Tokens } from './hall-tokens.ts';

/** How a hall keeps its sessions. */
export interface HallStyle {
  readonly sessions: 'cookie' | 'token';
  readonly signs: 'secret' | 'key-pair';
  /** What an old refresh token does: gives its unused successor again for two seconds, or ends its login. */
  readonly reuse: 'grace' | 'ends-login';
  /** Milliseconds until a logout is known everywhere. */
  readonly logoutTakes: number;
  /** What those get who are not signed in. */
  readonly stranger: 'refused' | 'empty-answer';
}

/** Who a request is from. */
export interface Visitor {
  readonly person: Person;
  readonly login: Login;
  readonly roles: Readonly<Record<string, Role>>;
}

const credentials = z.object({ email: z.string().max(254), password: z.string().max(200) });
const newPassword = z.object({ currentPassword: z.string(), newPassword: z.string().min(12).max(200) });
const refreshBody = z.object({ refreshToken: z.string() });

export const bodyOf = async (context: Context): Promise<unknown> =>
  context.req.header('content-type')?.includes('json') ? context.req.json<unknown>() : undefined;

const tokenOf = (context: Context): string =>
  /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? '';

export type VisitorOf = (context: Context) => Visitor | null;

/** Registers signing in, refreshing, logging out and a new password. */
export function registerSignIn(app: Hono, house: House, style: HallStyle, isOn: IsOn): VisitorOf {
  const tokens: Tokens = hallTokens(style.signs, house.clock, isOn);
  const guard = new LoginGuard();

  const lives = ({ endedAt, person }: Login): boolean => {
    if (person.suspended && !isOn('hall-suspended-keep-access') && !isOn('hall-suspended-refresh'))
      return false;
    return endedAt === null || endedAt + style.logoutTakes > Date.now();
  };
  const visitorOf: VisitorOf = (context) => {
    if (style.sessions === 'cookie') {
      const login = house.login(getCookie(context, 'hall_session') ?? '');
      return login === undefined || !lives(login)
        ? null
        : { person: login.person, login, roles: house.rolesOf(login.person) };
    }
    const token = tokenOf(context);
    const refresh = isOn('hall-refresh-opens-api') ? house.refreshBy(token) : undefined;
    const told =
      refresh === undefined
        ? tokens.read(token)
        : { sid: refresh.login.id, roles: house.rolesOf(refresh.login.person) };
    const login = house.login(told?.sid ?? '');
    if (told === null || login === undefined) return null;
    if (!lives(login) && !isOn('hall-day-long-tokens')) return null;
    const stale = isOn('hall-roles-from-token') || isOn('hall-teams-from-token');
    const now = house.rolesOf(login.person);
    const roles = stale
      ? Object.fromEntries(
          Object.entries(told.roles).filter(([team]) => isOn('hall-teams-from-token') || team in now),
        )
      : now;
    return { person: login.person, login, roles };
  };
  app.use(async (context, next) => {
    await tokens.follow(tokenOf(context));
    return next();
  });
  const hand = async (context: Context, login: Login, refresh: Refresh): Promise<Response> => {
    const { person } = login;
    if (style.sessions === 'cookie')
      setCookie(context, 'hall_session', login.id, {
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
        path: '/',
        maxAge: 86_400,
      });
    if (style.sessions === 'cookie') return context.json({ ok: true });
    const accessToken = await tokens.make({ sub: person.id, sid: login.id, roles: house.rolesOf(person) });
    return context.json({
      accessToken,
      refreshToken: refresh.secret,
      expiresIn: 900,
      refreshExpiresIn: refreshSeconds,
    });
  };
  const end = (login: Login, why: 'logout' | 'other'): void => {
    if (why === 'logout' && isOn('hall-logout-keeps-session')) return;
    login.endedAt ??= Date.now() - (why === 'logout' ? 0 : style.logoutTakes);
  };
  const refused = (context: Context): Response => context.json({ error: 'sign in first' }, 401);

  app.post('/auth/login', async (context) => {
    const given = credentials.safeParse(await bodyOf(context));
    if (!given.success) return context.json({ error: 'email and password are needed' }, 400);
    const { email, password } = given.data;
    const seconds = guard.waits(email, 'here');
    if (seconds > 0)
      return context.json({ error: 'too many attempts' }, 429, { 'retry-after': String(seconds) });
    const person = house.people.find((one) => one.email === email && one.password === password);
    if (person === undefined) {
      guard.failed(email, 'here');
      return context.json({ error: 'wrong email or password' }, 401);
    }
    if (person.suspended) return context.json({ error: 'this account is suspended' }, 403);
    guard.succeeded(email);
    const brought = getCookie(context, 'hall_session');
    const kept =
      isOn('hall-takes-any-session-id') && brought !== undefined && brought.length >= 16
        ? brought
        : undefined;
    const login = house.open(person, kept);
    return hand(context, login, house.refresh(login));
  });

  const successorOf = (refresh: Refresh): Refresh => {
    refresh.usedAt = Date.now();
    return (refresh.successor = house.refresh(refresh.login));
  };
  const traded = async (refresh: Refresh): Promise<Refresh | null> => {
    const { login } = refresh;
    if (refresh.until < house.clock.now() && !isOn('hall-refresh-without-end')) return null;
    const ended =
      login.endedAt !== null && !isOn('hall-logout-keeps-refresh') && !isOn('hall-password-keeps-refresh');
    const { suspended } = login.person;
    const back = suspended && isOn('hall-suspended-refresh');
    if ((ended || suspended) && !back) return null;
    if (isOn('hall-refresh-stays')) return refresh;
    if (isOn('hall-refresh-forks')) return house.refresh(login);
    if (isOn('hall-refresh-race') && refresh.usedAt === null) {
      await sleep(150);
      return successorOf(refresh);
    }
    if (refresh.usedAt === null) return successorOf(refresh);
    if (isOn('hall-refresh-remembers') && refresh.successor !== null) return refresh.successor;
    const soon = Date.now() - refresh.usedAt < 2000;
    if (style.reuse === 'grace' && soon && refresh.successor?.usedAt === null) return refresh.successor;
    if (isOn('hall-collision-ends-all'))
      for (const other of house.loginsOf(login.person)) end(other, 'other');
    if (style.reuse === 'ends-login') end(login, 'other');
    return null;
  };
  if (style.sessions === 'token')
    app.post('/auth/refresh', async (context) => {
      const given = refreshBody.safeParse(await bodyOf(context));
      if (!given.success) return context.json({ error: 'a refresh token is needed' }, 400);
      const asAccess = isOn('hall-access-refreshes')
        ? house.login(tokens.read(given.data.refreshToken)?.sid ?? '')
        : undefined;
      const old = house.refreshBy(given.data.refreshToken);
      const next =
        asAccess !== undefined ? house.refresh(asAccess) : old === undefined ? null : await traded(old);
      if (next === null) return context.json({ error: 'this refresh token is not good any more' }, 401);
      const { login } = next;
      // A login that has ended comes back only where a fault lets its refresh token live.
      const opened = login.endedAt === null ? login : house.open(login.person);
      return hand(context, opened, next);
    });

  app.post('/auth/logout', (context) => {
    const visitor = visitorOf(context);
    if (visitor === null) return refused(context);
    if (style.sessions === 'cookie')
      setCookie(context, 'hall_session', '', {
        path: '/',
        maxAge: 0,
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
      });
    end(visitor.login, 'logout');
    return context.body(null, 204);
  });
  app.post('/auth/logout-all', (context) => {
    const visitor = visitorOf(context);
    if (visitor === null) return refused(context);
    for (const login of house.loginsOf(visitor.person))
      if (!isOn('hall-everywhere-is-here') || login === visitor.login) end(login, 'other');
    return context.body(null, 204);
  });
  app.post('/auth/password', async (context) => {
    const visitor = visitorOf(context);
    if (visitor === null) return refused(context);
    const given = newPassword.safeParse(await bodyOf(context));
    if (!given.success) return context.json({ error: 'a longer password is needed' }, 400);
    if (visitor.person.password !== given.data.currentPassword)
      return context.json({ error: 'the current password is wrong' }, 403);
    visitor.person.password = given.data.newPassword;
    for (const login of house.loginsOf(visitor.person)) if (login !== visitor.login) end(login, 'other');
    return context.json({ ok: true });
  });
  app.get('/me', (context) => {
    const visitor = visitorOf(context);
    if (visitor === null)
      return style.stranger === 'refused' ? refused(context) : context.json({ user: null });
    const { id, email } = visitor.person;
    return context.json({ user: { id, email } });
  });
  if (tokens.jwks !== null) app.get('/.well-known/jwks.json', (context) => context.json(tokens.jwks));
  return visitorOf;
}
