import { desk } from '../../../../../lib/desk.ts';
import { absent, enter, find, json, show } from '../../../../../lib/enter.ts';
import { note, readBody } from '../../../../../lib/read-body.ts';

interface At {
  readonly params: Promise<{ readonly notebookId: string }>;
}

export const GET = (request: Request, { params }: At): Promise<Response> =>
  enter(request, async (account) => {
    const { notebookId } = await params;
    if (find(desk.notebooks, account, notebookId, 'notes-foreign-notebook-opened') === undefined)
      return absent();
    const inside = [...desk.notes.values()].filter(({ fields }) => fields['notebookId'] === notebookId);
    return json(inside.map(show));
  });

export const POST = (request: Request, { params }: At): Promise<Response> =>
  enter(request, async (account) => {
    const { notebookId } = await params;
    const found = find(desk.notebooks, account, notebookId, 'notes-note-into-foreign-notebook');
    if (found === undefined) return absent();
    const given = await readBody(request, note);
    if (given instanceof Response) return given;
    return json(show(desk.add(desk.notes, found.team, { ...given, notebookId })), 201);
  });
