import { desk } from '../../../lib/desk.ts';
import { enter, json, show, visible } from '../../../lib/enter.ts';
import { notebook, readBody } from '../../../lib/read-body.ts';

export const dynamic = 'force-dynamic';
export const GET = (request: Request): Promise<Response> =>
  enter(request, (account) => json(visible(desk.notebooks, account, 'notes-notebooks-unfiltered').map(show)));

export const POST = (request: Request): Promise<Response> =>
  enter(request, async (account) => {
    const given = await readBody(request, notebook);
    return given instanceof Response
      ? given
      : json(show(desk.add(desk.notebooks, account.tenant, given)), 201);
  });
