import { desk } from '../../../lib/desk.ts';
import { enter, json, show, visible } from '../../../lib/enter.ts';
import { note, readBody } from '../../../lib/read-body.ts';

export const dynamic = 'force-dynamic';
export const GET = (request: Request): Promise<Response> =>
  enter(
    request,
    (account) => {
      const seen =
        account.role === 'nobody'
          ? [...desk.notes.values()]
          : visible(desk.notes, account, 'notes-list-unfiltered');
      return json(seen.map(show));
    },
    'notes-list-without-login',
  );

export const POST = (request: Request): Promise<Response> =>
  enter(request, async (account) => {
    const given = await readBody(request, note);
    return given instanceof Response ? given : json(show(desk.add(desk.notes, account.tenant, given)), 201);
  });
