import { desk } from '../../../lib/desk.ts';
import { enter, json, show, visible } from '../../../lib/enter.ts';

export const GET = (request: Request): Promise<Response> =>
  enter(request, (account) => {
    const wanted = new URL(request.url).searchParams.get('q') ?? '';
    const seen = visible(desk.notes, account, 'notes-find-unfiltered');
    return json(seen.filter(({ fields }) => String(fields['title']).includes(wanted)).map(show));
  });
