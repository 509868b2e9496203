import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { bodyOf, type Person } from '../hono-portal/portal-sign-in.ts';
import type { IsOn } from '../world.ts';

const words = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[^\0]*$/);
const roleBody = z.object({ email: z.email().max(254), role: z.enum(['admin', 'member']) });
const accountBody = z.object({ email: z.email().max(254), displayName: words });

type Handle = (context: Context) => Promise<Response>;

/** Registers what changes an account that the body names. */
export function registerAccounts(
  app: Hono,
  options: {
    readonly people: readonly Person[];
    readonly entered: (handle: (context: Context, person: Person) => Promise<Response>) => Handle;
    readonly rename: (person: Person, displayName: string) => void;
    readonly isOn: IsOn;
  },
): void {
  const { people, entered, rename, isOn } = options;
  const bad = (context: Context): Response => context.json({ error: 'the body is not as described' }, 400);
  app.put(
    '/members/role',
    entered(async (context, { role, tenant }) => {
      const given = roleBody.safeParse(await bodyOf(context));
      if (role !== 'admin' && !isOn('desk-members-give-roles'))
        return context.json({ error: 'not allowed' }, 403);
      if (!given.success) return bad(context);
      const named = people.find((one) => one.email === given.data.email && one.tenant === tenant);
      if (!named) return context.json({ error: 'not found' }, 404);
      named.role = given.data.role;
      return context.json({ email: named.email, role: named.role });
    }),
  );
  const notices = new Map<string, { readonly id: string; readonly tenant: string; readonly words: string }>();
  app.get(
    '/notices',
    entered(async (context, { tenant }) =>
      context.json({ items: [...notices.values()].filter((one) => one.tenant === tenant) }),
    ),
  );
  app.post(
    '/notices',
    entered(async (context, { role, tenant }) => {
      const given = z.object({ words }).safeParse(await bodyOf(context));
      if (role !== 'admin' && !isOn('desk-members-post-notices'))
        return context.json({ code: 119, error: 'this is closed to you' }, 400);
      if (!given.success) return bad(context);
      const made = { id: randomUUID(), tenant, words: given.data.words };
      notices.set(made.id, made);
      return context.json(made, 201);
    }),
  );
  app.get(
    '/notices/:noticeId',
    entered(async (context, { tenant }) => {
      const found = notices.get(context.req.param('noticeId') ?? '');
      return found?.tenant === tenant ? context.json(found) : context.json({ error: 'not found' }, 404);
    }),
  );
  app.delete(
    '/notices/:noticeId',
    entered(async (context, { role, tenant }) => {
      const found = notices.get(context.req.param('noticeId') ?? '');
      if (role !== 'admin') return context.json({ code: 119, error: 'this is closed to you' }, 400);
      if (found?.tenant !== tenant) return context.json({ error: 'not found' }, 404);
      notices.delete(found.id);
      return context.body(null, 204);
    }),
  );
  app.put(
    '/members/wish',
    entered(async (context) => {
      const given = roleBody.safeParse(await bodyOf(context));
      if (!given.success) return bad(context);
      return context.json({ ...given.data, waits: true });
    }),
  );
  app.put(
    '/account',
    entered(async (context, person) => {
      const given = accountBody.safeParse(await bodyOf(context));
      if (!given.success) return bad(context);
      const named = people.find(({ email }) => email === given.data.email);
      if (!named || (named.id !== person.id && !isOn('desk-account-by-name')))
        return context.json({ error: 'this is not your account' }, 403);
      rename(named, given.data.displayName);
      return context.json(given.data);
    }),
  );
  app.put(
    '/card',
    entered(async (context, person) => {
      const given = accountBody.safeParse(await bodyOf(context));
      if (!given.success) return bad(context);
      rename(person, given.data.displayName);
      return context.json(given.data);
    }),
  );
}
