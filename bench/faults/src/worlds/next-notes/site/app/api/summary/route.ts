import { desk } from '../../../lib/desk.ts';
import { enter, json, visible } from '../../../lib/enter.ts';

export const dynamic = 'force-dynamic';
export const GET = (request: Request): Promise<Response> =>
  enter(request, (account) => {
    const names = visible(desk.notebooks, account, 'notes-summary-mixes').map(({ fields }) => fields['name']);
    return json({ notebooks: names, notes: visible(desk.notes, account, '').length });
  });
