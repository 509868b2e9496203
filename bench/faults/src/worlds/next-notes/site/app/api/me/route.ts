import { enter, json } from '../../../lib/enter.ts';

export const dynamic = 'force-dynamic';
export const GET = (request: Request): Promise<Response> =>
  enter(request, ({ email, tenant, role }) => json({ email, team: tenant, role }));
