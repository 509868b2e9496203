import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { Rows, type Row } from '../../traps/store.ts';
import type { IsOn } from '../world.ts';
import { bodyOf, type Person } from './portal-sign-in.ts';

const fit = (most: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\0]*$/);
const paperBody = z.object({ title: fit(160), body: fit(4000), folderId: z.string().optional() });
const paperChange = paperBody.omit({ folderId: true }).partial();
const loosePaper = paperBody.extend({ title: fit(160).nullable() });
const folderBody = z.object({ name: fit(80) });
const invoiceBody = z.object({ label: fit(120), amount: z.int().min(1).max(10_000_000) });
const roleBody = z.object({ role: z.enum(['admin', 'member']) });

const show = ({ id, fields }: Row): Record<string, unknown> => ({ id, ...fields });
const titleOf = ({ fields }: Row): string => String(fields['title']);
const absent = (context: Context): Response => context.json({ error: 'not found' }, 404);
const refused = (context: Context): Response => context.json({ error: 'not allowed' }, 403);
const invalid = (context: Context, error: z.ZodError): Response =>
  context.json({ issues: error.issues.map(({ path, message }) => ({ path, message })) }, 400);

/** A request that was let in. */
interface Entered {
  readonly context: Context;
  /** Null only where a fault lets everybody in. */
  readonly person: Person | null;
  /** Workspace of the person. */
  readonly own: string;
  /** Workspace that the path names. */
  readonly named: string;
  readonly id: (slot: string) => string;
}

/** Registers folders, documents, messages, invoices and people of workspaces. */
export function registerWorkspace(
  app: Hono,
  options: {
    readonly people: readonly Person[];
    readonly personOf: (context: Context) => Promise<Person | null>;
    readonly isOn: IsOn;
  },
): void {
  const { people, personOf, isOn } = options;
  const folders = new Rows();
  const papers = new Rows();
  const messages = new Rows();
  const invoices = new Rows();
  /** Lets people into their own workspace, and elsewhere only where a fault says so. */
  const enter =
    (
      handle: (entered: Entered) => Response | Promise<Response>,
      faults: { readonly anywhere?: readonly string[]; readonly anonymous?: string } = {},
    ) =>
    async (context: Context): Promise<Response> => {
      const person = await personOf(context);
      const open = faults.anonymous !== undefined && isOn(faults.anonymous);
      if (person === null && !open) return context.json({ error: 'sign in first' }, 401);
      const named = context.req.param('workspace') ?? '';
      const own = person?.tenant ?? named;
      const anywhere = (faults.anywhere ?? []).some((fault) => isOn(fault));
      if (named !== own && !anywhere) return absent(context);
      return handle({ context, person, own, named, id: (slot) => context.req.param(slot) ?? '' });
    };
  const remove = (context: Context, row: Row | undefined): Response => {
    if (row === undefined) return absent(context);
    row.deleted = true;
    return context.body(null, 204);
  };
  const isAdmin = (entered: Entered): boolean => entered.person?.role === 'admin';

  app.get(
    '/t/:workspace/folders',
    enter(({ context, own, named }) => {
      const everything = isOn('portal-south-lists-north') && own === 'south';
      return context.json({ folders: (everything ? folders.all : folders.of(named)).map(show) });
    }),
  );
  app.post(
    '/t/:workspace/folders',
    enter(
      async ({ context, own, named }) => {
        const given = folderBody.safeParse(await bodyOf(context));
        if (!given.success) return invalid(context, given.error);
        const made = folders.insert(named, given.data);
        return own === named ? context.json(show(made), 201) : refused(context);
      },
      { anywhere: ['portal-folder-made-and-refused'] },
    ),
  );
  app.get(
    '/t/:workspace/folders/:folderId',
    enter(({ context, own, id }) => {
      const row = folders.own(own, id('folderId'));
      return row === undefined ? absent(context) : context.json(show(row));
    }),
  );
  app.delete(
    '/t/:workspace/folders/:folderId',
    enter(({ context, own, id }) => remove(context, folders.own(own, id('folderId')))),
  );

  app.get(
    '/t/:workspace/documents',
    enter(({ context, own }) => {
      const ids = context.req.query('ids');
      if (ids === undefined) return context.json({ documents: papers.of(own).map(show) });
      const rows = isOn('portal-ids-of-anybody') ? papers.all : papers.of(own);
      return context.json({ documents: rows.filter((row) => ids.split(',').includes(row.id)).map(show) });
    }),
  );
  app.post(
    '/t/:workspace/documents',
    enter(async ({ context, own }) => {
      const given = (isOn('portal-null-title') ? loosePaper : paperBody).safeParse(await bodyOf(context));
      if (!given.success) return invalid(context, given.error);
      const { folderId, ...rest } = given.data;
      const folder = folderId === undefined ? null : folders.own(own, folderId);
      return context.json(show(papers.insert(own, { ...rest, folderId: folder?.id ?? null })), 201);
    }),
  );
  app.get(
    '/t/:workspace/documents/:documentId',
    enter(
      ({ context, own, named, id }) => {
        const found = isOn('portal-path-names-workspace')
          ? papers.own(named, id('documentId'))
          : papers.own(own, id('documentId'));
        if (found !== undefined) return context.json(show(found));
        const foreign = papers.any(id('documentId'));
        if (foreign === undefined) return absent(context);
        if (isOn('portal-document-by-id-alone')) return context.json(show(foreign));
        if (isOn('portal-refusal-in-header'))
          context.header('x-document', encodeURIComponent(titleOf(foreign)));
        if (isOn('portal-refusal-in-base64'))
          return context.json(
            { error: 'not found', ref: Buffer.from(titleOf(foreign)).toString('base64') },
            404,
          );
        return absent(context);
      },
      { anywhere: ['portal-path-names-workspace'] },
    ),
  );
  app.patch(
    '/t/:workspace/documents/:documentId',
    enter(
      async ({ context, person, own, id }) => {
        const mine = papers.own(own, id('documentId'));
        const byIdAlone =
          isOn('portal-document-changed-by-id') || isOn('portal-changed-and-absent') || person === null;
        const row = mine ?? (byIdAlone ? papers.any(id('documentId')) : undefined);
        if (row === undefined) return absent(context);
        const given = paperChange.safeParse(await bodyOf(context));
        if (!given.success) return invalid(context, given.error);
        row.fields = { ...row.fields, ...given.data };
        if (person === null) return context.json({ error: 'sign in first' }, 401);
        return mine === undefined && isOn('portal-changed-and-absent')
          ? absent(context)
          : context.json({ id: row.id, saved: true });
      },
      { anonymous: 'portal-anonymous-change-refused' },
    ),
  );
  app.delete(
    '/t/:workspace/documents/:documentId',
    enter(({ context, own, id }) => {
      const mine = papers.own(own, id('documentId'));
      if (mine !== undefined || !isOn('portal-deleted-and-refused')) return remove(context, mine);
      remove(context, papers.any(id('documentId')));
      return refused(context);
    }),
  );
  app.get(
    '/t/:workspace/documents/:documentId/download',
    enter(
      ({ context, person, own, id }) => {
        const byIdAlone = isOn('portal-download-by-id-alone') || person === null;
        const row = byIdAlone ? papers.any(id('documentId')) : papers.own(own, id('documentId'));
        if (row === undefined) return absent(context);
        context.header('content-disposition', 'attachment; filename="document.txt"');
        return context.text(`${titleOf(row)}\n\n${String(row.fields['body'])}`);
      },
      { anonymous: 'portal-download-without-login' },
    ),
  );

  app.get(
    '/t/:workspace/messages',
    enter(({ context, named }) => context.json(messages.of(named).map(show)), {
      anywhere: ['portal-messages-by-path'],
      anonymous: 'portal-messages-without-login',
    }),
  );
  app.post(
    '/t/:workspace/messages',
    enter(
      async ({ context, named }) => {
        const most = isOn('portal-huge-messages') ? 16 * 1024 * 1024 : 1000;
        const given = z.object({ text: fit(most) }).safeParse(await bodyOf(context));
        if (!given.success) return invalid(context, given.error);
        return context.json(show(messages.insert(named, given.data)), 201);
      },
      { anywhere: ['portal-message-into-named-workspace'] },
    ),
  );
  app.get(
    '/t/:workspace/messages/:messageId',
    enter(({ context, own, id }) => {
      const row = isOn('portal-message-by-id-alone')
        ? messages.any(id('messageId'))
        : messages.own(own, id('messageId'));
      return row === undefined ? absent(context) : context.json(show(row));
    }),
  );
  app.delete(
    '/t/:workspace/messages/:messageId',
    enter(({ context, own, id }) =>
      remove(
        context,
        isOn('portal-message-deleted-by-id')
          ? messages.any(id('messageId'))
          : messages.own(own, id('messageId')),
      ),
    ),
  );

  app.get(
    '/t/:workspace/invoices',
    enter((entered) => {
      if (!isAdmin(entered) && !isOn('portal-members-list-invoices')) return refused(entered.context);
      return entered.context.json({ invoices: invoices.of(entered.own).map(show) });
    }),
  );
  app.post(
    '/t/:workspace/invoices',
    enter(async (entered) => {
      const { context, own } = entered;
      if (!isAdmin(entered) && !isOn('portal-members-make-invoices')) return refused(context);
      const given = invoiceBody.safeParse(await bodyOf(context));
      if (!given.success) return invalid(context, given.error);
      return context.json(show(invoices.insert(own, given.data)), 201);
    }),
  );
  app.get(
    '/t/:workspace/invoices/:invoiceId',
    enter((entered) => {
      const row = isAdmin(entered) ? invoices.own(entered.own, entered.id('invoiceId')) : undefined;
      return row === undefined ? refused(entered.context) : entered.context.json(show(row));
    }),
  );
  app.delete(
    '/t/:workspace/invoices/:invoiceId',
    enter((entered) => {
      const { context, own, id } = entered;
      if (!isAdmin(entered) && !isOn('portal-members-delete-invoices')) return refused(context);
      const done = remove(context, invoices.own(own, id('invoiceId')));
      return isAdmin(entered) ? done : refused(context);
    }),
  );

  app.get(
    '/t/:workspace/people',
    enter(({ context, own }) =>
      context.json({
        people: people
          .filter(({ tenant }) => tenant === own)
          .map(({ id, email, role }) => ({ id, email, role })),
      }),
    ),
  );
  app.patch(
    '/t/:workspace/people/:personId',
    enter(async (entered) => {
      const { context, own, id } = entered;
      if (!isAdmin(entered) && !isOn('portal-anybody-gives-roles')) return refused(context);
      const person = people.find((one) => one.id === id('personId') && one.tenant === own);
      if (person === undefined) return absent(context);
      const given = roleBody.safeParse(await bodyOf(context));
      if (!given.success) return invalid(context, given.error);
      person.role = given.data.role;
      return context.json({ id: person.id, role: person.role });
    }),
  );
}
