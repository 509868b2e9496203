import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { Rows, type Row } from '../../traps/store.ts';
import { bodyOf, type Person } from '../hono-portal/portal-sign-in.ts';
import type { IsOn } from '../world.ts';

const fit = (most: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\0]*$/);
const ticketBody = z.object({ subject: fit(160), text: fit(4000) });
const articleBody = z.object({ title: fit(160), body: fit(4000) });
const offerBody = z.object({
  name: fit(120),
  price: z.int().min(1).max(10_000_000),
  status: z.enum(['draft', 'approved']).default('draft'),
});
const noteBody = z.strictObject({ words: fit(1000) });
const slipped = z.object({
  ownerId: z.string().max(60).optional(),
  orgId: z.string().max(60).optional(),
  status: z.string().max(40).optional(),
  featured: z.boolean().optional(),
  price: z.number().optional(),
  approved: z.boolean().optional(),
  tenantId: z.string().max(60).optional(),
  createdAt: z.iso.datetime().optional(),
});
type Slipped = z.infer<typeof slipped>;

const show = ({ id, fields }: Row): Record<string, unknown> => ({ id, ...fields });

/** Fields that a fault lets callers set, by the switch that lets them. */
const onCreate: Readonly<Record<string, keyof Slipped>> = {
  'desk-create-takes-owner': 'ownerId',
  'desk-create-takes-date': 'createdAt',
  'desk-create-takes-status': 'status',
  'desk-create-takes-hidden-approval': 'approved',
};
const onChange: Readonly<Record<string, keyof Slipped>> = {
  'desk-change-takes-owner': 'ownerId',
  'desk-change-takes-status': 'status',
  'desk-change-takes-featured': 'featured',
  'desk-change-takes-price': 'price',
  'desk-refuses-price-and-stores-it': 'price',
};

/** Registers tickets, articles, offers and notes. */
export function registerTickets(
  app: Hono,
  options: { readonly personOf: (context: Context) => Promise<Person | null>; readonly isOn: IsOn },
): void {
  const { personOf, isOn } = options;
  const taken = (by: Readonly<Record<string, keyof Slipped>>, body: unknown): Record<string, unknown> => {
    const given = slipped.safeParse(body).data ?? {};
    return Object.fromEntries(
      Object.entries(by).flatMap(([fault, field]) =>
        isOn(fault) && given[field] !== undefined ? [[field, given[field]]] : [],
      ),
    );
  };
  const collection = (
    path: string,
    slot: string,
    rules: {
      readonly body: z.ZodType<Record<string, unknown>>;
      readonly change: z.ZodType<Record<string, unknown>> | null;
      readonly made: (person: Person) => Record<string, unknown>;
      readonly onCreate?: (body: unknown) => Record<string, unknown>;
      readonly onChange?: (body: unknown, person: Person) => Record<string, unknown>;
      readonly tenantOf?: (body: unknown, person: Person) => string;
      /** What a change answers beside the row. */
      readonly echo?: (body: unknown) => Record<string, unknown>;
      /** Whether a change is refused, after it was stored. */
      readonly refuses?: (body: unknown) => boolean;
      /** The organisation that a change moves the row to; null when it stays. */
      readonly goesTo?: (body: unknown) => string | null;
      /** What members may not do to one of them, as the last part of its path, with the field that it sets. */
      readonly byAdmins?: Readonly<Record<string, z.ZodType>>;
    },
  ): void => {
    const rows = new Rows();
    const entered =
      (handle: (context: Context, person: Person) => Response | Promise<Response>) =>
      async (context: Context): Promise<Response> => {
        const person = await personOf(context);
        return person === null ? context.json({ error: 'sign in first' }, 401) : handle(context, person);
      };
    const one =
      (handle: (context: Context, row: Row, person: Person) => Response | Promise<Response>) =>
      (context: Context): Promise<Response> =>
        entered((inner, person) => {
          const row = rows.own(person.tenant, inner.req.param(slot) ?? '');
          return row === undefined ? inner.json({ error: 'not found' }, 404) : handle(inner, row, person);
        })(context);
    const invalid = (context: Context, error: z.ZodError): Response =>
      context.json({ issues: error.issues.map(({ path: at, message }) => ({ path: at, message })) }, 400);

    app.get(
      `/${path}`,
      entered((context, { tenant }) => context.json({ [path]: rows.of(tenant).map(show) })),
    );
    app.post(
      `/${path}`,
      entered(async (context, person) => {
        const body = await bodyOf(context);
        const given = rules.body.safeParse(body);
        if (!given.success) return invalid(context, given.error);
        const tenant = rules.tenantOf?.(body, person) ?? person.tenant;
        const fields = { ...given.data, ...rules.made(person), ...rules.onCreate?.(body) };
        const row = rows.insert(tenant, 'orgId' in fields ? { ...fields, orgId: tenant } : fields);
        return context.json(show(row), 201);
      }),
    );
    app.get(
      `/${path}/:${slot}`,
      one((context, row) => context.json(show(row))),
    );
    const { change } = rules;
    if (change !== null)
      app.patch(
        `/${path}/:${slot}`,
        one(async (context, row, person) => {
          const body = await bodyOf(context);
          const given = change.safeParse(body);
          if (!given.success) return invalid(context, given.error);
          row.fields = { ...row.fields, ...given.data, ...rules.onChange?.(body, person) };
          if (rules.refuses?.(body)) return context.json({ error: 'not allowed' }, 403);
          const to = rules.goesTo?.(body) ?? null;
          if (to !== null && to !== person.tenant) {
            row.deleted = true;
            rows.insert(to, row.fields, row.id);
          }
          return context.json({ ...show(row), ...rules.echo?.(body) });
        }),
      );
    for (const [field, kind] of Object.entries(rules.byAdmins ?? {}))
      app.put(
        `/${path}/:${slot}/${field}`,
        one(async (context, row, { role }) => {
          if (role !== 'admin') return context.json({ error: 'not allowed' }, 403);
          const given = z.object({ [field]: kind }).safeParse(await bodyOf(context));
          if (!given.success) return invalid(context, given.error);
          row.fields = { ...row.fields, ...given.data };
          return context.json(show(row));
        }),
      );
    app.delete(
      `/${path}/:${slot}`,
      one((context, row) => {
        row.deleted = true;
        return context.body(null, 204);
      }),
    );
  };

  collection('tickets', 'ticketId', {
    body: ticketBody,
    change: ticketBody.partial(),
    made: ({ id, tenant }) => ({
      ownerId: id,
      orgId: tenant,
      status: 'open',
      featured: false,
      price: 0,
      createdAt: new Date().toISOString(),
    }),
    onCreate: (body) => taken(onCreate, body),
    onChange: (body, { role }) => ({
      ...taken(onChange, body),
      // Admins close tickets in the same way; the document is silent about it.
      ...(role === 'admin' ? pick(body, 'status') : {}),
    }),
    tenantOf: (body, { tenant }) =>
      isOn('desk-create-takes-tenant') ? (slipped.safeParse(body).data?.orgId ?? tenant) : tenant,
    refuses: (body) =>
      isOn('desk-refuses-price-and-stores-it') && slipped.safeParse(body).data?.price !== undefined,
    byAdmins: { status: z.enum(['open', 'answered', 'closed']), featured: z.boolean() },
  });
  const greeted = new Set<string>();
  collection('articles', 'articleId', {
    body: articleBody,
    change: articleBody.partial(),
    // Every article has the same status by itself; only the first of an organisation waits for no approval of its own.
    made: ({ tenant }) => {
      const isFirst = !greeted.has(tenant);
      greeted.add(tenant);
      return { status: 'approved', verified: true, approved: isFirst };
    },
    goesTo: (body) => {
      const to = slipped.safeParse(body).data?.tenantId;
      return isOn('desk-article-leaves-by-hidden-tenant') ? (to ?? null) : null;
    },
    echo: (body) => pick(body, 'status', 'verified'),
  });
  collection('offers', 'offerId', {
    body: offerBody,
    change: offerBody.partial(),
    made: () => ({ featured: false }),
  });
  // Keeps whatever a body holds, and gives none of it a meaning.
  collection('scraps', 'scrapId', {
    body: z.looseObject({ words: fit(1000) }),
    change: z.looseObject({ words: fit(1000).optional() }),
    made: () => ({}),
  });
  collection('notes', 'noteId', {
    body: noteBody,
    change: null,
    made: ({ id }) => ({ authorId: id, status: 'open' }),
  });
}

const anything = z.record(z.string(), z.unknown());

const pick = (body: unknown, ...names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(anything.safeParse(body).data ?? {}).filter(([name]) => names.includes(name)),
  );
