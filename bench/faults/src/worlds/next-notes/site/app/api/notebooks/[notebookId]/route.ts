import { desk } from '../../../../lib/desk.ts';
import { absent, enter, find, json, show } from '../../../../lib/enter.ts';

interface At {
  readonly params: Promise<{ readonly notebookId: string }>;
}

export const GET = (request: Request, { params }: At): Promise<Response> =>
  enter(request, async (account) => {
    const { notebookId } = await params;
    const found = find(desk.notebooks, account, notebookId, 'notes-notebook-by-id-alone');
    return found === undefined ? absent() : json(show(found));
  });

export const DELETE = (request: Request, { params }: At): Promise<Response> =>
  enter(request, async (account) => {
    const { notebookId } = await params;
    const found = find(desk.notebooks, account, notebookId, 'notes-notebook-deleted-by-id');
    if (found === undefined) return absent();
    desk.notebooks.delete(notebookId);
    return json({ gone: true });
  });
