import { desk } from '../../../../lib/desk.ts';
import { absent, enter, find, json, show } from '../../../../lib/enter.ts';
import { note, readBody } from '../../../../lib/read-body.ts';

interface At {
  readonly params: Promise<{ readonly noteId: string }>;
}

export const GET = (request: Request, { params }: At): Promise<Response> =>
  enter(request, async (account) => {
    const { noteId } = await params;
    const found = find(desk.notes, account, noteId, 'notes-note-by-id-alone');
    if (found !== undefined) return json(show(found));
    const foreign = desk.notes.get(noteId);
    if (foreign !== undefined && desk.isOn('notes-error-page-names-note'))
      return new Response(
        `<!doctype html><h1>${String(foreign.fields['title'])} is not shared with you</h1>`,
        {
          status: 403,
          headers: { 'content-type': 'text/html', 'x-content-type-options': 'nosniff' },
        },
      );
    if (foreign !== undefined && desk.isOn('notes-teaser')) return json({ teaser: foreign.fields['text'] });
    return absent();
  });

export const PATCH = (request: Request, { params }: At): Promise<Response> =>
  enter(request, async (account) => {
    const { noteId } = await params;
    const own = find(desk.notes, account, noteId, 'notes-changed-by-id-alone');
    const found = own ?? find(desk.notes, account, noteId, 'notes-changed-and-forbidden');
    if (found === undefined) return absent();
    const given = await readBody(request, note.partial());
    if (given instanceof Response) return given;
    found.fields = { ...found.fields, ...given };
    return own === undefined ? json({ error: 'forbidden' }, 403) : json({ saved: true });
  });

export const DELETE = (request: Request, { params }: At): Promise<Response> =>
  enter(
    request,
    async (account) => {
      const { noteId } = await params;
      const own = find(desk.notes, account, noteId, 'notes-deleted-by-id-alone');
      const found = own ?? find(desk.notes, account, noteId, 'notes-deleted-and-absent');
      if (account.role === 'nobody') desk.notes.delete(noteId);
      if (found === undefined) return absent();
      desk.notes.delete(noteId);
      return own === undefined ? absent() : json({ gone: true });
    },
    'notes-deleted-without-login',
  );
