import type { Reproduction } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { ownSession } from '../reproduction/own-session.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import { requestTemplate, type RequestToShow } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import type { Credential } from '../session/sessions.ts';

/** A session that outlived its event, as it was seen. */
export interface OutlivedSession {
  readonly credential: Credential;
  /** Address that only a living session is served at. */
  readonly aliveUrl: string;
}

/** Repeats a logout after which the session was still recognised. */
export function logoutReproduction(
  context: Pick<ProbeContext, 'sessions' | 'target'>,
  { credential, aliveUrl }: OutlivedSession,
  logout: RequestToShow,
  refreshToken: string | null,
): Reproduction {
  const { origin } = new URL(aliveUrl);
  const own = ownSession(context, credential.actor, credential, origin);
  const leave = requestTemplate(logout, origin, refreshToken === null ? {} : { refresh: refreshToken });
  const alive = requestTemplate({ method: 'GET', url: aliveUrl }, origin);
  const shown = { credential: own.credential };
  return {
    curl: [...(own.curl === null ? [] : [own.curl]), curlLine(leave, shown), curlLine(alive, shown)].join(
      '\n',
    ),
    script: reproductionScriptOf({
      does: ['Logs in, keeps the session, logs out and uses the session again. It ends only that session.'],
      needs: own.needs,
      plan: { origin, page: pageOf(context, origin), session: own.plan, alive, leave },
      uses: [sessionKit],
      body: `
const session = await logIn();
const refresh = (function find(value) {
  if (typeof value !== 'object' || value === null) return undefined;
  const [, own] = Object.entries(value).find(([name, one]) => /^refresh_?token$/i.test(name) && typeof one === 'string') ?? [];
  return own ?? Object.values(value).map(find).find(Boolean);
})(lastLogin?.json);
const left = await send(plan.leave, refresh ? { refresh } : {}, session);
if (left.status >= 400) cannotTell('logging out was answered ' + left.status);
if (await alive(session)) {
  await pause(5000);
  if (await alive(session)) there('five seconds after logging out the old session is recognised');
}
if (plan.session.nameFrom !== null) await logIn();
gone('the old session is refused after logging out');`,
    }),
  };
}

/** Names of the fields of a password change. */
export interface ChangeRequest {
  readonly request: RequestToShow;
  readonly from: string;
  readonly to: string;
}

/** Repeats a password change that another session outlived, on the throw-away account; puts the old password back. */
export function passwordReproduction(
  context: Pick<ProbeContext, 'sessions' | 'target'>,
  { credential, aliveUrl }: OutlivedSession,
  change: ChangeRequest,
): Reproduction | null {
  const { origin } = new URL(aliveUrl);
  const own = ownSession(context, credential.actor, credential, origin);
  const { wordFrom: password } = own.plan;
  if (own.curl === null || password === null) return null;
  const template = requestTemplate(change.request, origin, { old: change.from, new: change.to });
  const alive = requestTemplate({ method: 'GET', url: aliveUrl }, origin);
  const { credential: second } = own;
  return {
    curl: [
      `${own.curl} (twice: the second session into OTHER_${second})`,
      curlLine(template, { credential: second, variables: { old: password, new: 'NEW_PASSWORD' } }),
      `${curlLine(alive, { credential: `OTHER_${second}` })} # then change the password back`,
    ].join('\n'),
    script: reproductionScriptOf({
      does: [
        'Opens two sessions of the throw-away account, changes its password in one, uses the other, and puts the old',
        'password back. Never give it another account.',
      ],
      needs: own.needs,
      plan: {
        origin,
        page: pageOf(context, origin),
        session: own.plan,
        alive,
        change: template,
      },
      uses: [sessionKit],
      body: `
const old = env(plan.session.wordFrom);
const fresh9 = 'Lr-' + fresh().slice(2, 10) + '-' + fresh().slice(2, 10) + '-9Kx';
const first = await logIn();
const second = await logIn();
const answer = await send(plan.change, { old, new: fresh9 }, first);
const third = await tryLogIn(fresh9);
if (third === null) cannotTell('the change was answered ' + answer.status + ' and the new password does not work');
let outlived = null;
try {
  outlived = await alive(second);
  if (outlived) {
    await pause(5000);
    outlived = await alive(second);
  }
} finally {
  const back = await send(plan.change, { old: fresh9, new: old }, third).catch(() => null);
  if ((await tryLogIn().catch(() => null)) === null)
    console.log('the old password could not be put back (answered ' + back?.status + '); the account now has: ' + fresh9);
}
if (outlived) there('five seconds after the password change the other session is recognised');
gone('the other session ended with the password change');`,
    }),
  };
}

const pageOf = ({ target }: Pick<ProbeContext, 'target'>, origin: string): string | undefined => {
  const page = new URL(target.app).origin;
  return page === origin ? undefined : page;
};
