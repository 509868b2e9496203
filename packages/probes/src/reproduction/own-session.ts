import type { ActorId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import { credentialVariable, passwordVariable, usernameVariable } from './credential-variable.ts';
import { curlLine } from './curl-line.ts';
import { requestTemplate, type RequestTemplate } from './request-template.ts';

/** How a script comes to a session: by logging in, or with header lines that its reader gives. */
export interface OwnSession {
  readonly needs: readonly (readonly [name: string, meaning: string])[];
  /** Curl command of the login; null where the reader logs in. */
  readonly curl: string | null;
  /** Variable that the curl lines after it show; the login line says to set it. */
  readonly credential: string;
  readonly plan: SessionPlan;
}

interface SessionPlan {
  readonly login: RequestTemplate | null;
  readonly nameFrom: string | null;
  readonly wordFrom: string | null;
  readonly given: string;
  /** Request header that carries the session, and what stands before the token in it. */
  readonly header: { readonly name: string; readonly prefix: string };
}

/**
 * The login of an account for a script. Where a login takes more than one request that works for everybody, or later
 * requests a token of the page, the script takes the session from a variable instead.
 */
export function ownSession(
  { sessions, target }: Pick<ProbeContext, 'sessions' | 'target'>,
  actor: ActorId,
  credential: Credential,
  origin: string,
): OwnSession {
  const given = credentialVariable(actor);
  const request = sessions.loginRequest({ username: '{username}', password: '{password}' });
  const lines = credential.headers(origin);
  const [name, value] = lines.find(([one]) => one.toLowerCase() === 'cookie') ?? lines[0] ?? ['cookie', ''];
  const header = { name: name.toLowerCase(), prefix: /^(\w+ )\S+$/.exec(value)?.[1] ?? '' };
  const ofPage = credential.pageHeaders?.(target.api) ?? [];
  if (request === null || sessions.secretOf(actor) === null || ofPage.length > 0) {
    return {
      needs: [[given, `a fresh session of ${actor}, as header lines (Cookie or Authorization)`]],
      curl: null,
      credential: given,
      plan: { login: null, nameFrom: null, wordFrom: null, given, header },
    };
  }
  const [username, password] = [usernameVariable(actor), passwordVariable(actor)];
  const fixed = new Set(Object.keys(target.headers).map((one) => one.toLowerCase()));
  const headers = request.headers.filter(([one]) => !fixed.has(one.toLowerCase()));
  // A form encodes the braces of the placeholders, which the template writes back.
  const login = requestTemplate({ ...request, headers }, origin, {
    username: '{username}',
    password: '{password}',
  });
  return {
    needs: [
      [username, `account name of ${actor}`],
      [password, 'its password'],
    ],
    curl: `${curlLine(login, { variables: { username, password } })} # then put the session into ${given}, as a header line`,
    credential: given,
    plan: { login, nameFrom: username, wordFrom: password, given, header },
  };
}

/**
 * Functions of scripts that need sessions: `logIn()` gives header lines of a living session, `alive(session)` tells whether
 * they are recognised. The plan holds `session` and `alive`.
 */
export const sessionKit = `const tokenNames = ['access_token', 'accessToken', 'access', 'token', 'jwt', 'sessionToken', 'session_token', 'id_token', 'idToken', 'authToken', 'auth_token', 'apiToken', 'bearer', 'sessionId', 'session_id'];
const tokensIn = (value) => (typeof value !== 'object' || value === null ? [] : [
  ...tokenNames.map((name) => value[name]).filter((one) => typeof one === 'string' && one.length >= 8),
  ...Object.values(value).flatMap(tokensIn),
]);
const asNobody = () => send(plan.alive);
const alive = async (session) => {
  const answer = await send(plan.alive, {}, session);
  if (overloaded(answer)) cannotTell('the server answered ' + answer.status);
  const nobody = await asNobody();
  if (overloaded(nobody)) cannotTell('the server answered ' + nobody.status);
  if (!nobody.ok) return answer.ok;
  if (nobody.text !== (await asNobody()).text) cannotTell('what nobody gets differs each time');
  return answer.ok && answer.text !== nobody.text;
};
/** Header lines of a new session, its login answer in \`lastLogin\`; null when the login is refused. */
let lastLogin = null;
const tryLogIn = async (password) => {
  const { session } = plan;
  if (session.login === null) return given(session.given);
  const answer = (lastLogin = await send(session.login, { username: env(session.nameFrom), password: password ?? env(session.wordFrom) }));
  if (overloaded(answer)) cannotTell('the login was answered ' + answer.status);
  if (answer.status >= 400) return null;
  const jar = answer.cookies.map((line) => line.split(';')[0]).filter((pair) => !pair.endsWith('='));
  const tokens = [...tokensIn(answer.json), ...['authorization', 'x-access-token', 'x-auth-token', 'x-session-token', 'x-token', 'set-auth-token'].map((name) => answer.headers.get(name)).filter(Boolean)];
  const list = session.header.name === 'cookie' && jar.length > 0 ? [[['cookie', jar.join('; ')]]]
    : tokens.slice(0, 4).map((token) => [[session.header.name, session.header.prefix + token.replace(/^Bearer /i, '')]]);
  for (const one of list) if (await alive(one)) return one;
  return null;
};
const logIn = async () => {
  const session = await tryLogIn();
  if (session === null || !(await alive(session))) cannotTell('the session is not recognised: look at the account in the environment');
  return session;
};
`;
