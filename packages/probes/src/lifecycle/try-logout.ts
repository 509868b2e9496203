import type { ActorId, ExchangeId } from '@launch-ready/core';
import { jsonScalars } from '../plant/json-scalars.ts';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import { accountToLogOut } from './account-to-log-out.ts';
import { logInAfresh, type FreshLogin } from './log-in-afresh.ts';
import { refreshReproduction } from '../tokens/refresh-reproduction.ts';
import { refreshTrial } from '../tokens/refresh-trial.ts';
import { residualLife } from '../tokens/residual-life.ts';
import type { Answer } from '../transport/transport.ts';
import type { RequestToShow } from '../reproduction/request-template.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import { bodyFields } from './operation-words.ts';
import { livingOthers } from './living-others.ts';
import { logoutRoutes, type LogoutRoute } from './logout-route.ts';
import { replayCredential } from './replay-credential.ts';
import { logoutReproduction } from './session-reproduction.ts';
import { saysNo } from '../input/says-no.ts';
import { unlessGuarded } from './unless-guarded.ts';
import type { SessionGap, SessionTrial } from './session-replay.ts';

const probe = 'lifecycle/session-replay';

/** Logs in afresh, keeps a copy of the credential, logs out, and uses the copy. */
export async function tryLogout(
  context: ProbeContext,
): Promise<{ readonly trials: readonly SessionTrial[]; readonly notTested: readonly SessionGap[] }> {
  const trials: SessionTrial[] = [];
  const notTested: SessionGap[] = [];
  const account = accountToLogOut(context);
  if (account === null) {
    return {
      trials,
      notTested: [
        { event: 'logout', because: 'no account with a password is known that could be logged in once more' },
      ],
    };
  }
  const { login, refreshToken } = await loginWithRefreshToken(context, account);
  if (login.kind === 'refused') {
    return {
      trials,
      notTested: [
        { event: 'logout', because: `${account} could not be logged in once more: ${login.because}` },
      ],
    };
  }
  const { credential } = login;
  const exchanges: ExchangeId[] = [...login.exchanges];
  const base = {
    event: 'logout',
    actor: account,
    credential: credential.kind === 'cookie' ? 'cookie' : 'bearer',
    reproduce: null,
  } as const;
  const copy = credential.snapshot();
  const residualSeconds = residualLife(context, copy);
  const others = await livingOthers(context, login, probe);
  const refusals: string[] = [];
  for (const route of logoutRoutes(context)) {
    const done = await logOut(context, credential, account, route, refreshToken);
    if (done.exchange !== null) exchanges.push(done.exchange);
    if (!done.answered) {
      refusals.push(`${route.method} ${new URL(route.url).pathname}: ${done.because}`);
      continue;
    }
    const replay = await replayCredential(context, copy, probe);
    if (done.doubtful && replay.verdict === 'alive') {
      refusals.push(`${route.method} ${new URL(route.url).pathname}: ${done.because}`);
      exchanges.push(...replay.exchanges);
      continue;
    }
    const because =
      replay.verdict === 'alive' && done.clearsCookie
        ? `${replay.because}; logging out only told the browser to drop its cookie`
        : replay.because;
    const reproduce =
      replay.verdict !== 'alive' || login.aliveUrl === null
        ? null
        : logoutReproduction(
            context,
            { credential: copy, aliveUrl: login.aliveUrl },
            done.request,
            refreshToken,
          );
    trials.push({
      ...base,
      reproduce,
      residualSeconds,
      verdict: replay.verdict,
      aliveAfterMs: replay.aliveAfterMs,
      because,
      exchanges: [...exchanges, ...replay.exchanges],
    });
    for (const other of others)
      trials.push(await otherTrial(context, { other, account, route, refreshToken, exchanges }));
    const refreshed = await refreshTrial(context, login.refresh, {
      event: 'logout',
      actor: account,
      probe,
      exchanges,
      reproduce: (refresh) =>
        login.aliveUrl === null
          ? null
          : refreshReproduction(
              context,
              { credential: copy, refresh, aliveUrl: login.aliveUrl },
              {
                does: [
                  'Logs in, logs out and trades the refresh token of that login in. It ends only that session.',
                ],
                leave: done.request,
                body: `const session = await tryLogIn();
const kept = refreshOf(lastLogin) ?? cannotTell('the login gives no refresh token');
const left = await send(plan.leave, { refresh: kept }, session);
if (left.status >= 400) cannotTell('logging out was answered ' + left.status);
await pause(5000);
if (await opens(await trade(kept))) there('the refresh token of a login that was logged out still gives access');
gone('the refresh token is refused after logging out');`,
              },
            ),
    });
    return { trials: [...trials, ...refreshed], notTested };
  }
  notTested.push({
    event: 'logout',
    because: `no way to log out was found (${refusals.slice(0, 3).join('; ')})`,
  });
  return { trials, notTested };
}

/**
 * What became of another credential of the same login. One that outlived the logout of the first is logged out by itself,
 * so that only what nobody can end is held against the application.
 */
async function otherTrial(
  context: ProbeContext,
  was: {
    readonly other: Credential;
    readonly account: ActorId;
    readonly route: LogoutRoute;
    readonly refreshToken: string | null;
    readonly exchanges: readonly ExchangeId[];
  },
): Promise<SessionTrial> {
  const { other, account, route, refreshToken } = was;
  const exchanges = [...was.exchanges];
  const copy = other.snapshot();
  const seen = await watchAlive(context, other, probe);
  if (seen.exchange !== null) exchanges.push(seen.exchange);
  let done: LogOut | null = null;
  if (seen.alive) {
    done = await logOut(context, other, account, route, refreshToken);
    if (done.exchange !== null) exchanges.push(done.exchange);
  }
  const replay = await replayCredential(context, copy, probe);
  const refused = done !== null && (!done.answered || done.doubtful) && replay.verdict === 'alive';
  return {
    event: 'logout',
    actor: account,
    credential: other.kind === 'cookie' ? 'cookie' : 'bearer',
    verdict: refused ? 'inconclusive' : replay.verdict,
    aliveAfterMs: replay.aliveAfterMs,
    residualSeconds: residualLife(context, copy),
    because: refused ? `it could not be logged out by itself: ${done?.because ?? ''}` : replay.because,
    exchanges: [...exchanges, ...replay.exchanges],
    reproduce:
      replay.verdict !== 'alive' || refused || done === null || seen.url === null
        ? null
        : logoutReproduction(context, { credential: copy, aliveUrl: seen.url }, done.request, refreshToken),
  };
}

/** One more session, with the refresh token that its login may have handed out: some want it back at logout. */
async function loginWithRefreshToken(
  { sessions, transport }: ProbeContext,
  account: ActorId,
): Promise<{ readonly login: FreshLogin; readonly refreshToken: string | null }> {
  let refreshToken: string | null = null;
  let watching = true;
  transport.onAnswer((request, answer) => {
    if (!watching || request.actor !== account) return;
    const found = jsonScalars(answer.json()).find(({ key }) => /^refresh_?token$/i.test(key))?.value;
    if (typeof found !== 'string') return;
    refreshToken = found;
    transport.addSecret(found);
  });
  const login = await logInAfresh({ sessions, transport }, account);
  watching = false;
  return { login, refreshToken: (login.kind === 'in' ? login.refresh?.token : undefined) ?? refreshToken };
}

interface LogOut {
  readonly request: RequestToShow;
  readonly answered: boolean;
  /** A page that may be anything: only a session that ended afterwards proves that this was a logout. */
  readonly doubtful: boolean;
  readonly clearsCookie: boolean;
  readonly because: string;
  readonly exchange: ExchangeId | null;
}

async function logOut(
  { sessions }: ProbeContext,
  credential: Credential,
  actor: ActorId,
  route: LogoutRoute,
  refreshToken: string | null,
): Promise<LogOut> {
  const fields = route.operation === null ? [] : bodyFields(route.operation);
  const value = Object.fromEntries(
    fields
      .filter(({ name }) => /refresh/i.test(name) && refreshToken !== null)
      .map(({ name }) => [name, refreshToken]),
  );
  const json = route.operation?.body !== undefined && route.method !== 'GET';
  const request = {
    method: route.method,
    url: route.url,
    ...(json ? { body: { kind: 'json', value } as const } : {}),
  };
  const result = await unlessGuarded(
    sessions.sendWith(credential, actor, {
      probe,
      purpose: 'log out',
      effect: { kind: 'session' },
      ...request,
      ...(route.operation === null ? {} : { operation: route.operation }),
    }),
  );
  const unanswered = { request, answered: false, doubtful: false, clearsCookie: false } as const;
  if (result.kind === 'not-sent') return { ...unanswered, because: result.because, exchange: null };
  if (result.kind === 'no-answer')
    return { ...unanswered, because: result.because, exchange: result.exchange };
  const clears = clearsCookie(result);
  const fine = result.status >= 200 && result.status < 400;
  // A path may be answered by the shell of a single-page application, which says nothing about logging out.
  const shell =
    !clears && (result.header('content-type') ?? '').includes('text/html') && result.status === 200;
  const error = !clears && saysNo(result.text);
  return {
    request,
    answered: fine && !error && !(shell && route.operation === null),
    doubtful: shell,
    clearsCookie: clears,
    because: shell
      ? 'a page was answered'
      : error
        ? `status ${result.status} with an error inside`
        : `status ${result.status}`,
    exchange: result.exchange,
  };
}

const clearsCookie = (answer: Answer): boolean =>
  answer
    .headerValues('set-cookie')
    .some((line) => /^[^=;]+=("")?\s*(;|$)|max-age\s*=\s*0\b|expires\s*=[^;]*\b19[67]\d\b/i.test(line));
