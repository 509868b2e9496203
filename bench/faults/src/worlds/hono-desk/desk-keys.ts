import { randomBytes, randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { bodyOf, type Person } from '../hono-portal/portal-sign-in.ts';
import type { IsOn } from '../world.ts';

const keyBody = z.object({
  label: z
    .string()
    .min(1)
    .max(120)
    .regex(/^[^\0]*$/),
});
const wish = z.object({ role: z.enum(['admin', 'member']) });

interface Key {
  readonly id: string;
  readonly label: string;
  readonly secret: string;
  readonly maker: Person;
  readonly role: string;
}

type PersonOf = (context: Context) => Promise<Person | null>;

/** Registers keys that programs sign in with. Gives who a request is from, by a key or else as before. */
export function registerKeys(app: Hono, personOf: PersonOf, isOn: IsOn): PersonOf {
  const keys = new Map<string, Key>();
  const entered =
    (handle: (context: Context, person: Person) => Response | Promise<Response>) =>
    async (context: Context): Promise<Response> => {
      const person = await personOf(context);
      return person === null ? context.json({ error: 'sign in first' }, 401) : handle(context, person);
    };
  const show = ({ id, label }: Key): Record<string, unknown> => ({ id, label });
  app.get(
    '/api-keys',
    entered((context, person) =>
      context.json({ keys: [...keys.values()].filter(({ maker }) => maker.id === person.id).map(show) }),
    ),
  );
  app.post(
    '/api-keys',
    entered(async (context, maker) => {
      const body = await bodyOf(context);
      const given = keyBody.safeParse(body);
      if (!given.success) return context.json({ error: 'a label is needed' }, 400);
      const wished = wish.safeParse(body).data?.role;
      const role = isOn('desk-key-takes-role') ? (wished ?? maker.role) : maker.role;
      const secret = `dk_${randomBytes(24).toString('hex')}`;
      const key = { id: randomUUID(), label: given.data.label, secret, maker, role };
      keys.set(key.id, key);
      // Old clients expect to find their wish in the answer.
      return context.json(
        { ...show(key), key: secret, ...(wished === undefined ? {} : { role: wished }) },
        201,
      );
    }),
  );
  app.delete(
    '/api-keys/:keyId',
    entered((context, person) => {
      const key = keys.get(context.req.param('keyId') ?? '');
      if (key?.maker.id !== person.id) return context.json({ error: 'not found' }, 404);
      keys.delete(key.id);
      return context.body(null, 204);
    }),
  );
  return async (context) => {
    const secret = /^Bearer (dk_.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
    if (secret === undefined) return personOf(context);
    const key = [...keys.values()].find((one) => one.secret === secret);
    return key === undefined ? null : { ...key.maker, role: key.role };
  };
}
