import type { ActorId, Reproduction } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import {
  credentialVariable,
  passwordVariable,
  usernameVariable,
} from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { sessionNeed } from '../reproduction/own-session.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import type { Credential, LoginRequest } from '../session/sessions.ts';

/** Logs an administrator in by the password alone, and compares what that opens with what a whole session does. */
export function passwordAloneReproduction(seen: {
  readonly target: ProbeContext['target'];
  readonly actor: ActorId;
  readonly credential: Credential;
  readonly aliveUrl: string;
  /** The login with `{username}` and `{password}` in place of both. */
  readonly request: LoginRequest;
  /** A session with its second step can be had, to compare with. */
  readonly hasWhole: boolean;
}): Reproduction {
  const { actor } = seen;
  const { origin } = new URL(seen.aliveUrl);
  const fixed = new Set(Object.keys(seen.target.headers).map((name) => name.toLowerCase()));
  const headers = seen.request.headers.filter(([name]) => !fixed.has(name.toLowerCase()));
  const login = requestTemplate({ ...seen.request, headers }, origin, {
    username: '{username}',
    password: '{password}',
  });
  const [username, password] = [usernameVariable(actor), passwordVariable(actor)];
  const lines = seen.credential.headers(seen.aliveUrl);
  const [name, value] = lines.find(([one]) => one.toLowerCase() === 'cookie') ?? lines[0] ?? ['cookie', ''];
  return {
    curl: curlLine(login, { variables: { username, password } }),
    script: reproductionScriptOf({
      does: [`Logs ${actor} in by its password alone, and looks what that opens.`],
      needs: [
        [username, `account name of ${actor}`],
        [password, 'its password'],
        ...(seen.hasWhole ? [sessionNeed(actor)] : []),
      ],
      plan: {
        origin,
        alive: requestTemplate({ method: 'GET', url: seen.aliveUrl }, origin),
        whole: seen.hasWhole ? credentialVariable(actor) : null,
        session: {
          login,
          page: null,
          guardAt: null,
          nameFrom: username,
          wordFrom: password,
          given: credentialVariable(actor),
          header: { name: name.toLowerCase(), prefix: /^(\w+ )\S+$/.exec(value)?.[1] ?? '' },
        },
      },
      uses: [sessionKit],
      body: String.raw`
const whole = plan.whole === null ? null : await send(plan.alive, {}, given(plan.whole));
if (whole !== null && !(await alive(given(plan.whole)))) cannotTell('the session with the second step is not recognised');
const session = await tryLogIn();
const asks = /\b(otp|totp|mfa|2fa|two.?factor|second.?(factor|step)|verification.?code|one.?time|challenge|code)/i;
if (session === null && lastLogin.status >= 400 && !asks.test(lastLogin.text)) cannotTell('the password is answered ' + lastLogin.status);
if (session === null) gone('the password alone gives no session (answered ' + lastLogin.status + ')');
const half = await send(plan.alive, {}, session);
const shape = (answer) => JSON.stringify(Object.keys(answer.json ?? {}).sort());
if (whole === null || half.text === whole.text || (half.json && shape(half) === shape(whole))) there('the password alone gives a session that is served like a whole one');
gone('what the password alone gives is not served like a whole session');`,
    }),
  };
}
