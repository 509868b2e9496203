import { randomBytes, randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import type { Account } from '../../traps/store.ts';
import { LoginGuard } from '../login-guard.ts';
import type { IsOn } from '../world.ts';

/** An account of the portal. */
export interface Person extends Account {
  readonly id: string;
  role: string;
  /** Counts up with every new password; tokens of before are refused. */
  generation: number;
}

const credentials = z.object({ email: z.string().max(254), password: z.string().max(200) });
const newPassword = z.object({ currentPassword: z.string(), newPassword: z.string().min(12).max(200) });
const claims = z.object({ sub: z.string(), jti: z.string(), generation: z.int() });
type Claims = z.infer<typeof claims>;

/** The JSON of a request; undefined when it has none. */
export const bodyOf = async (context: Context): Promise<unknown> =>
  context.req.header('content-type')?.includes('json') ? context.req.json<unknown>() : undefined;

/** Registers signing in with signed tokens. Gives who a request is from. */
export function registerSignIn(
  app: Hono,
  people: readonly Person[],
  isOn: IsOn,
): (context: Context) => Promise<Person | null> {
  const key = randomBytes(32);
  const ended = new Set<string>();
  const guard = new LoginGuard(isOn('portal-thirty-guesses') ? { perAccount: 31, perAddress: 33 } : {});
  const read = async (context: Context): Promise<Claims | null> => {
    const token = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
    if (token === undefined) return null;
    const verified = await jwtVerify(token, key, { algorithms: ['HS256'], audience: 'portal' }).catch(
      () => null,
    );
    return verified === null ? null : claims.parse(verified.payload);
  };
  const personOf = async (context: Context): Promise<Person | null> => {
    const told = await read(context);
    const person = people.find(({ id }) => id === told?.sub);
    if (told === null || person === undefined || ended.has(told.jti)) return null;
    const isOld = told.generation !== person.generation && !isOn('portal-password-leaves-tokens');
    return isOld ? null : person;
  };
  const tokenFor = ({ id, tenant, generation }: Person): Promise<string> =>
    new SignJWT({ workspace: tenant, generation })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(id)
      .setAudience('portal')
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime('20m')
      .sign(key);

  app.use(async (context, next) => {
    const blocked = isOn('portal-limit-stops-everybody') && guard.anyWaits();
    if (!blocked || context.req.path === '/login') return next();
    return context.json({ error: 'too many attempts' }, 429, { 'retry-after': '5' });
  });
  app.post('/login', async (context) => {
    const given = credentials.safeParse(await bodyOf(context));
    if (!given.success) return context.json({ error: 'email and password are needed' }, 400);
    const { email, password } = given.data;
    const seconds = guard.waits(email, 'here');
    if (seconds > 0)
      return context.json({ error: 'too many attempts' }, 429, { 'retry-after': String(seconds) });
    const person = people.find((one) => one.email === email && one.password === password);
    if (person === undefined) {
      guard.failed(email, 'here');
      return context.json({ error: 'wrong email or password' }, 401);
    }
    guard.succeeded(email);
    return context.json({ accessToken: await tokenFor(person), expiresIn: 1200 });
  });
  app.post('/logout', async (context) => {
    const told = await read(context);
    if (told === null) return context.json({ error: 'sign in first' }, 401);
    if (!isOn('portal-logout-without-denylist')) ended.add(told.jti);
    return context.body(null, 204);
  });
  app.get('/me', async (context) => {
    const person = await personOf(context);
    if (person === null) return context.json({ error: 'sign in first' }, 401);
    return context.json({ id: person.id, email: person.email, workspace: person.tenant, role: person.role });
  });
  app.post('/me/password', async (context) => {
    const person = await personOf(context);
    if (person === null) return context.json({ error: 'sign in first' }, 401);
    const given = newPassword.safeParse(await bodyOf(context));
    if (!given.success) return context.json({ error: 'a longer password is needed' }, 400);
    if (person.password !== given.data.currentPassword)
      return context.json({ error: 'the current password is wrong' }, 403);
    person.password = given.data.newPassword;
    person.generation += 1;
    return context.json({ accessToken: await tokenFor(person) });
  });
  return personOf;
}
