import { desk } from '../../../lib/desk.ts';
import { enter, json, sessionOf } from '../../../lib/enter.ts';
import { newPassword, readBody } from '../../../lib/read-body.ts';

export const POST = (request: Request): Promise<Response> =>
  enter(request, async (account) => {
    const given = await readBody(request, newPassword);
    if (given instanceof Response) return given;
    if (account.password !== given.currentPassword) return json({ error: 'wrong password' }, 403);
    account.password = given.newPassword;
    if (!desk.isOn('notes-password-keeps-sessions'))
      for (const [secret, owner] of desk.sessions)
        if (owner === account && secret !== sessionOf(request)) desk.sessions.delete(secret);
    return json({ done: true });
  });
