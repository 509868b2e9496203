import { desk } from '../../../lib/desk.ts';
import { enter, json, sessionCookie, sessionOf } from '../../../lib/enter.ts';

export const POST = (request: Request): Promise<Response> =>
  enter(request, () => {
    if (!desk.isOn('notes-logout-keeps-session')) desk.sessions.delete(sessionOf(request) ?? '');
    const answer = json({ done: true });
    answer.headers.append('set-cookie', sessionCookie(''));
    return answer;
  });
