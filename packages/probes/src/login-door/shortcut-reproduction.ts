import type { Reproduction } from '@launch-ready/core';
import { isJsonObject } from '../plant/json-scalars.ts';
import { usernameVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import { requestTemplate, type RequestToShow } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import type { Credential } from '../session/sessions.ts';

/** Sends the shortcut again and uses what it gives out. */
export function shortcutReproduction(
  shown: RequestToShow,
  words: string,
  more: { readonly credential: Credential; readonly aliveUrl: string; readonly account: string },
): Reproduction {
  const { origin } = new URL(shown.url);
  // What is tried is told apart from the request: a word named as a password would be blacked out.
  const tried = wordIn(shown);
  const login = requestTemplate(shown, origin, {
    username: more.account,
    ...(tried === null ? {} : { password: tried }),
  });
  const alive = requestTemplate({ method: 'GET', url: more.aliveUrl }, origin);
  const [name, value] = more.credential
    .headers(more.aliveUrl)
    .toSorted(([a]) => (a.toLowerCase() === 'cookie' ? -1 : 1))[0] ?? ['cookie', ''];
  const header = { name: name.toLowerCase(), prefix: /^(\w+ )\S+$/.exec(value)?.[1] ?? '' };
  const variable = usernameVariable(more.credential.actor);
  const needs = [[variable, 'account name of a throw-away account'] as const];
  const named = JSON.stringify(login.body ?? '').includes('{username}');
  return {
    curl: curlLine(login, { variables: { username: variable } }),
    script: reproductionScriptOf({
      does: [`Sends the login with ${words}, and looks whether what it gives out is recognised.`],
      needs: named ? needs : [],
      plan: {
        origin,
        alive,
        tried,
        session: {
          login,
          page: null,
          guardAt: null,
          nameFrom: named ? variable : 'PATH',
          wordFrom: named ? variable : 'PATH',
          given: '',
          header,
        },
      },
      uses: [sessionKit],
      body: `
if ((await tryLogIn(plan.tried ?? undefined)) !== null) there('the shortcut gave a session that is recognised');
if (lastLogin !== null && overloaded(lastLogin)) cannotTell('the login is answered ' + lastLogin.status);
gone('the shortcut gives no session');`,
    }),
  };
}

/** The password that a request tries; null when it holds none in words. */
function wordIn({ body }: RequestToShow): string | null {
  if (body?.kind !== 'json' || !isJsonObject(body.value)) return null;
  const word = Object.entries(body.value).find(([name]) => /pass|pwd|secret/i.test(name))?.[1];
  return typeof word === 'string' && word.length >= 3 ? word : null;
}
