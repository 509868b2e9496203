import type { ActorId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { logsInItself, ownSession } from '../reproduction/own-session.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import { requestTemplate, type RequestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf, scriptByHand } from '../reproduction/script-kit.ts';
import type { Credential } from '../session/sessions.ts';

/** Logs in along with a session cookie from before, and uses that cookie. */
export function fixationScript(
  context: Pick<ProbeContext, 'sessions' | 'target'>,
  seen: {
    readonly actor: ActorId;
    readonly credential: Credential;
    readonly template: RequestTemplate;
    readonly names: readonly string[];
    /** The cookie was made up; else a visit gives it. */
    readonly made: boolean;
    readonly alive: string | null;
  },
): string {
  const { origin } = new URL(seen.alive ?? context.target.api);
  const own = ownSession(context, seen.actor, seen.credential, origin);
  if (seen.alive === null || !logsInItself(own))
    return scriptByHand('log in with a session cookie from before, and use that cookie');
  return reproductionScriptOf({
    does: ['Logs in along with a session cookie from before, and uses that cookie.'],
    needs: own.needs,
    plan: {
      origin,
      session: own.plan,
      alive: requestTemplate({ method: 'GET', url: seen.alive }, origin),
      names: seen.names,
      visits: seen.made
        ? null
        : requestTemplate({ method: 'GET', url: new URL('/', context.target.app).href }, origin),
    },
    uses: [sessionKit],
    body: `
const own = (await logIn()).find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? '';
const lengthOf = (name) => own.split('; ').find((pair) => pair.startsWith(name + '='))?.slice(name.length + 1).length ?? 32;
const visit = plan.visits === null ? null : await send(plan.visits);
const pairs = visit === null ? plan.names.map((name) => name + '=' + (fresh() + fresh() + fresh() + fresh()).slice(0, Math.max(16, lengthOf(name))))
  : visit.cookies.map((line) => line.split(';')[0]).filter((pair) => plan.names.includes(pair.slice(0, pair.indexOf('='))));
if (pairs.length === 0) gone('a visitor is given no session cookie');
const planted = [['cookie', pairs.join('; ')]];
if (await alive(planted)) cannotTell('the cookie is signed in before the login');
const answer = await logInAs(env(plan.session.nameFrom), env(plan.session.wordFrom), { headers: planted });
if (answer.status >= 400) cannotTell('the login was answered ' + answer.status);
if (await alive(planted)) there('the cookie from before is signed in after the login');
gone('the cookie from before opens nothing after the login');`,
  });
}
