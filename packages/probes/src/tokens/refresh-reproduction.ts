import type { Reproduction } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { logsInItself, ownSession, type OwnSession } from '../reproduction/own-session.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import {
  requestTemplate,
  type RequestTemplate,
  type RequestToShow,
} from '../reproduction/request-template.ts';
import { reproductionScriptOf, scriptByHand } from '../reproduction/script-kit.ts';
import type { Credential, Refresh } from '../session/sessions.ts';

/** A refresh token and a session of the same login. */
export interface RefreshToShow {
  readonly credential: Credential;
  readonly refresh: Refresh;
  /** Address that only a living session is served at. */
  readonly aliveUrl: string;
}

/**
 * A script around refresh tokens. Its statements may use `logIn()`, `refreshOf(answer)`, `trade(token)` and `opens(answer)`,
 * which tells whether what a trade gave is recognised.
 */
export function refreshReproduction(
  context: Pick<ProbeContext, 'sessions' | 'target'>,
  { credential, refresh, aliveUrl }: RefreshToShow,
  script: {
    readonly does: readonly string[];
    readonly body: string;
    readonly leave?: RequestToShow;
    readonly curl?: readonly string[];
  },
): Reproduction {
  const { origin } = new URL(aliveUrl);
  const own = ownSession(context, credential.actor, credential, origin);
  const request = refresh.request();
  const cookie = refresh.place === 'cookie' ? cookieName(request.headers, refresh.token) : null;
  const template = requestTemplate(request, origin, { refresh: refresh.token });
  const leave =
    script.leave === undefined
      ? undefined
      : requestTemplate(script.leave, origin, { refresh: refresh.token });
  const alive = requestTemplate({ method: 'GET', url: aliveUrl }, origin);
  const curl = curlOf(own, template, script.curl ?? []);
  if (!logsInItself(own) || refresh.place === 'header' || (refresh.place === 'cookie' && cookie === null))
    return {
      curl,
      script: scriptByHand('log in by hand, keep the refresh token, and send the requests above'),
    };
  return {
    curl,
    script: reproductionScriptOf({
      does: script.does,
      needs: own.needs,
      plan: {
        origin,
        session: own.plan,
        alive,
        refresh: template,
        cookie,
        ...(leave ? { leave } : {}),
      },
      uses: [sessionKit, refreshKit],
      body: `${oneLogin}${script.body}`,
    }),
  };
}

const curlOf = (own: OwnSession, template: RequestTemplate, more: readonly string[]): string =>
  [
    ...(own.curl === null ? [] : [own.curl]),
    ...more,
    curlLine(template, { variables: { refresh: 'REFRESH_TOKEN' } }),
  ].join('\n');

const cookieName = (headers: RefreshHeaders, token: string): string | null => {
  const line = headers.find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? '';
  const pair = line.split(';').find((one) => one.includes(token));
  return pair === undefined ? null : pair.slice(0, pair.indexOf('=')).trim();
};
type RefreshHeaders = ReturnType<Refresh['request']>['headers'];

/** What scripts need to trade refresh tokens, beside `session` and `alive`; null where no script can. */
export function refreshPlan(
  refresh: Refresh,
  origin: string,
): { readonly refresh: RequestTemplate; readonly cookie: string | null } | null {
  const request = refresh.request();
  const cookie = refresh.place === 'cookie' ? cookieName(request.headers, refresh.token) : null;
  if (refresh.place === 'header' || (refresh.place === 'cookie' && cookie === null)) return null;
  return { refresh: requestTemplate(request, origin, { refresh: refresh.token }), cookie };
}

/** Functions of scripts that trade refresh tokens: `refreshOf(answer)`, `trade(token)`, `opens(answer)`. */
export const refreshKit = `const namedRefresh = (value) => {
  if (typeof value !== 'object' || value === null) return undefined;
  const [, own] = Object.entries(value).find(([name, one]) => /^refresh(_?token)?$/i.test(name) && typeof one === 'string') ?? [];
  return own ?? Object.values(value).map(namedRefresh).find(Boolean);
};
const refreshOf = (answer) => {
  if (plan.cookie === null) return namedRefresh(answer?.json);
  const line = (answer?.cookies ?? []).find((one) => one.startsWith(plan.cookie + '='));
  return line?.split(';')[0].slice(plan.cookie.length + 1);
};
const trade = async (token) => {
  const answer = await send(plan.refresh, { refresh: token }, plan.cookie === null ? [] : [['cookie', plan.cookie + '=' + token]]);
  if (overloaded(answer)) cannotTell('refreshing was answered ' + answer.status);
  return answer;
};
const opens = async (answer) => {
  if (!answer.ok) return false;
  const jar = answer.cookies.map((line) => line.split(';')[0]).filter((pair) => !pair.endsWith('='));
  const { header } = plan.session;
  const list = header.name === 'cookie' && jar.length > 0 ? [[['cookie', jar.join('; ')]]]
    : tokensIn(answer.json).slice(0, 4).map((token) => [[header.name, header.prefix + token]]);
  for (const one of list) if (await alive(one)) return true;
  return false;
};
`;

const oneLogin = `await logIn();
const first = refreshOf(lastLogin) ?? cannotTell('the login gives no refresh token');
`;
