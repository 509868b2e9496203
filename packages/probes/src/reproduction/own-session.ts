import type { ActorId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import { credentialVariable, passwordVariable, usernameVariable } from './credential-variable.ts';
import { curlLine } from './curl-line.ts';
import { requestTemplate, type RequestTemplate } from './request-template.ts';
import type { Need } from './script-kit.ts';

/** How a script comes to a session: by logging in, or with header lines that its reader gives. */
export interface OwnSession {
  readonly needs: readonly Need[];
  /** Curl command of the login; null where the reader logs in. */
  readonly curl: string | null;
  /** Variable that the curl lines after it show; the login line says to set it. */
  readonly credential: string;
  readonly plan: SessionPlan;
}

interface SessionPlan {
  /** The login request; null when there is none, or a page with a form instead. */
  readonly login: RequestTemplate | null;
  /** Page with the login form. */
  readonly page: string | null;
  /** Where the login request gets its CSRF token. */
  readonly guardAt: string | null;
  readonly nameFrom: string | null;
  readonly wordFrom: string | null;
  readonly given: string;
  /** Request header that carries the session, and what stands before the token in it. */
  readonly header: { readonly name: string; readonly prefix: string };
}

/** What a reader puts into the variable of an actor's session. */
export const sessionNeed = (actor: ActorId): Need => [
  credentialVariable(actor),
  `header lines of a session of ${actor}: "cookie: <name and value>" or "authorization: Bearer ..."`,
];

/** Whether a script can log in by itself, as often as it wants to. */
export const logsInItself = ({ plan }: OwnSession): boolean => plan.login !== null || plan.page !== null;

/**
 * The login of an account for a script, which runs it with `sessionKit`. Where a login takes more than a name, a password and
 * what its page holds, the script takes the session from a variable instead.
 */
export function ownSession(
  { sessions, target }: Pick<ProbeContext, 'sessions' | 'target'>,
  actor: ActorId,
  credential: Credential,
  origin: string,
): OwnSession {
  const given = credentialVariable(actor);
  const lines = credential.headers(origin);
  const [name, value] = lines.find(([one]) => one.toLowerCase() === 'cookie') ?? lines[0] ?? ['cookie', ''];
  const header = { name: name.toLowerCase(), prefix: /^(\w+ )\S+$/.exec(value)?.[1] ?? '' };
  const steps = sessions.secretOf(actor) === null ? null : sessions.loginSteps(actor);
  if (steps === null) {
    return {
      needs: [[given, `${sessionNeed(actor)[1]}; further ones into ${given}_2 and ${given}_3`]],
      curl: null,
      credential: given,
      plan: { login: null, page: null, guardAt: null, nameFrom: null, wordFrom: null, given, header },
    };
  }
  const [username, password] = [usernameVariable(actor), passwordVariable(actor)];
  const needs: readonly Need[] = [
    [username, `account name of ${actor}`],
    [password, 'its password'],
  ];
  const place = (url: string): string => {
    const at = new URL(url);
    return at.origin === origin ? at.pathname + at.search : at.href;
  };
  const then = `# then put the session into ${given}, as a header line`;
  const plan = { nameFrom: username, wordFrom: password, given, header };
  if (steps.kind === 'page') {
    const page = place(steps.page);
    return {
      needs,
      curl: `curl -i "$BASE_URL${page}" # log in with this page, ${then.slice(2)}`,
      credential: given,
      plan: { login: null, page, guardAt: null, ...plan },
    };
  }
  const fixed = new Set(Object.keys(target.headers).map((one) => one.toLowerCase()));
  const request = steps.request({ username: '{username}', password: '{password}' });
  const headers = request.headers.filter(([one]) => !fixed.has(one.toLowerCase()));
  // A form encodes the braces of the placeholders, which the template writes back.
  const login = requestTemplate({ ...request, headers }, origin, {
    username: '{username}',
    password: '{password}',
  });
  const token = steps.tokenFrom === null ? null : place(steps.tokenFrom);
  const variables = { username, password };
  return {
    needs,
    curl: [
      ...(token === null ? [] : [`curl -i -c jar "$BASE_URL${token}" # put its token into CSRF_TOKEN`]),
      `${curlLine(login, { variables, ...(token === null ? {} : { options: '-b jar -c jar -H "x-csrf-token: $CSRF_TOKEN"' }) })} ${then}`,
    ].join('\n'),
    credential: given,
    plan: { login, page: null, guardAt: token, ...plan },
  };
}
