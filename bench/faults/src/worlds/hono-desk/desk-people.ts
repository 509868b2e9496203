import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { bodyOf, type Person } from '../hono-portal/portal-sign-in.ts';
import type { IsOn } from '../world.ts';
import { registerAccounts } from './desk-accounts.ts';

const profileBody = z
  .object({
    displayName: z
      .string()
      .min(1)
      .max(80)
      .regex(/^[^\0]*$/),
  })
  .partial();
const more = z.object({
  plan: z.string().max(40).optional(),
  credits: z.int().optional(),
  emailVerified: z.boolean().optional(),
  role: z.enum(['admin', 'member']).optional(),
});
const bcrypt = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';

interface Profile {
  readonly displayName: string;
  readonly plan: string;
  readonly credits: number;
  readonly emailVerified: boolean;
}

/** Registers what people say of themselves, who is there, and what only admins see. */
export function registerPeople(
  app: Hono,
  options: {
    readonly people: readonly Person[];
    readonly personOf: (context: Context) => Promise<Person | null>;
    readonly isOn: IsOn;
  },
): void {
  const { people, personOf, isOn } = options;
  const profiles = new Map<string, Profile>();
  const profileOf = ({ id, email }: Person): Profile =>
    profiles.get(id) ?? {
      displayName: email.split('@')[0] ?? '',
      plan: 'free',
      credits: 0,
      emailVerified: false,
    };
  const entered =
    (handle: (context: Context, person: Person) => Response | Promise<Response>) =>
    async (context: Context): Promise<Response> => {
      const person = await personOf(context);
      return person === null ? context.json({ error: 'sign in first' }, 401) : handle(context, person);
    };
  const view = (person: Person): Record<string, unknown> => ({
    id: person.id,
    email: person.email,
    role: person.role,
    ...profileOf(person),
  });

  app.get(
    '/profile',
    entered((context, person) => context.json(view(person))),
  );
  app.patch(
    '/profile',
    entered(async (context, person) => {
      const body = await bodyOf(context);
      const given = profileBody.safeParse(body);
      if (!given.success) return context.json({ error: 'a name of 1 to 80 characters is needed' }, 400);
      const slipped = more.safeParse(body).data ?? {};
      const { plan, credits, emailVerified } = profileOf(person);
      profiles.set(person.id, {
        displayName: given.data.displayName ?? profileOf(person).displayName,
        plan: isOn('desk-profile-takes-plan') ? (slipped.plan ?? plan) : plan,
        credits: isOn('desk-profile-takes-credits') ? (slipped.credits ?? credits) : credits,
        emailVerified: isOn('desk-profile-takes-verified')
          ? (slipped.emailVerified ?? emailVerified)
          : emailVerified,
      });
      if (isOn('desk-profile-takes-role') && slipped.role !== undefined) person.role = slipped.role;
      return context.json(view(person));
    }),
  );
  registerAccounts(app, {
    people,
    entered,
    rename: (person, displayName) => void profiles.set(person.id, { ...profileOf(person), displayName }),
    isOn,
  });
  app.get(
    '/members',
    entered((context, { tenant }) =>
      context.json({
        members: people
          .filter((one) => one.tenant === tenant)
          .map(({ id, email, role }) => ({
            id,
            email,
            role,
            // Clients of old expect the field.
            password: '********',
            ...(isOn('desk-members-show-hashes') ? { passwordHash: bcrypt } : {}),
            ...(isOn('desk-members-show-reset-tokens') ? { resetToken: `rt-${id.slice(0, 8)}-5d1c` } : {}),
          })),
      }),
    ),
  );
  app.get(
    '/audit',
    entered((context, { role, tenant }) =>
      role === 'admin' || isOn('desk-members-read-audit')
        ? context.json({ entries: [{ what: `the desk of ${tenant} was opened` }] })
        : context.json({ error: 'not allowed' }, 403),
    ),
  );
  app.get(
    '/reports',
    entered((context, { role, tenant }) =>
      role === 'admin' || isOn('desk-reports-opened')
        ? context.json({ title: `the month of ${tenant}`, answered: 12 })
        : context.json({ error: 'not allowed' }, 403),
    ),
  );
}
