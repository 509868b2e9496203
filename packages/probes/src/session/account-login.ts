import type { ExchangeId, Operation } from '@launch-ready/core';
import type { LoginMethod, Target } from '../target/target.ts';
import type { Transport } from '../transport/transport.ts';
import type { Account } from './account.ts';
import { attemptLogin } from './attempt-login.ts';
import type { Attempt, AttemptContext, Given, LoginWay } from './login-attempt.ts';
import { findLogin } from './find-login.ts';
import { halfLogin, type HalfLoginResult } from './half-login.ts';
import { createTokenEndpoint } from './oauth-session.ts';
import type { Proven, Prover } from './prover.ts';
import { readyCredentials } from './ready-credentials.ts';
import { createRefreshFinder } from './refresh-finder.ts';
import { askEndpoint, askFunction } from './requested-session.ts';
import type { SecondStep } from './second-factor.ts';
import type { LoginResult, Refresh } from './sessions.ts';

/** How the first login of an account went. */
interface FirstLogin {
  readonly proven: Proven | null;
  readonly refresh: Refresh | null;
  /** Why it is not proven. */
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/** Logs accounts in. The way that one account found is the way of all. */
export interface AccountLogin {
  /** From nothing: finds the way when none is known yet, and proves the result. */
  first(account: Account): Promise<FirstLogin>;
  /** One more session, with another password if one is given. */
  again(account: Account, password?: string): Promise<LoginResult>;
  /** A session in place of one that ran out: by its refresh token when it has one, else by logging in again. */
  renew(account: Account): Promise<LoginResult>;
  readonly way: LoginWay | null;
  /** Gives the password alone, of an account whose login asks for a code. */
  half(account: Account): Promise<HalfLoginResult>;
}

const unproven = 'no answer differs from what nobody gets';

export function createAccountLogin(setting: {
  readonly target: Target;
  readonly transport: Transport;
  readonly operations: readonly Operation[];
  readonly prover: Prover;
  readonly nowMs: () => number;
}): AccountLogin {
  const { target, transport, operations, prover, nowMs } = setting;
  const endpoint = createTokenEndpoint({ target, transport, nowMs });
  const refreshes = createRefreshFinder({ target, transport, operations, nowMs });
  const secondSteps = new Map<string, SecondStep>();
  let shared: LoginWay | null = null;

  const contextFor = (account: Account, username: string, password: string): AttemptContext => ({
    transport,
    target,
    actor: account.actor.id,
    username,
    password,
    nowMs,
    operations,
    codes: account.codes,
    secondSteps,
  });

  const refreshOf = (account: Account, given: Given): Refresh | null => {
    const { id, login } = account.actor;
    return refreshes.known(id, given, login.kind === 'oauth' ? endpoint.refreshRoute(login) : null);
  };

  /** Asks for a session in a way that the target file spells out; null when it spells out none. */
  const request = (account: Account, login: LoginMethod, password?: string): Promise<Attempt> | null => {
    const { id } = account.actor;
    if (login.kind === 'oauth') return endpoint.ask(id, login, password);
    if (login.kind === 'endpoint') return askEndpoint(id, login, { target, transport, nowMs });
    if (login.kind === 'custom') return askFunction(id, login, { target, transport, nowMs });
    return null;
  };

  const first = async (account: Account): Promise<FirstLogin> => {
    const { actor } = account;
    const { login } = actor;
    const failed = (because: string, exchanges: readonly ExchangeId[]): FirstLogin => ({
      proven: null,
      refresh: null,
      because,
      exchanges,
    });
    const byAttempt = async (attempt: Attempt, named: string): Promise<FirstLogin> => {
      if (attempt.kind !== 'maybe') {
        const why = attempt.kind === 'refused' ? attempt.because : 'no login is there';
        return failed(`${named}: ${why}`, attempt.exchanges);
      }
      const proven = await prover.prove(actor, attempt.credentials);
      if (!proven) return failed(`${named}: ${unproven}`, attempt.exchanges);
      const exchanges = [...attempt.exchanges, proven.answer.exchange];
      return { proven, refresh: refreshOf(account, attempt.given), because: '', exchanges };
    };
    const requested = request(account, login);
    if (requested) return byAttempt(await requested, `the login of ${actor.id}`);
    if (login.kind !== 'password') {
      const ready = readyCredentials(actor.id, login, { target, nowMs });
      for (const value of ready.secrets) transport.addSecret(value);
      const proven = await prover.prove(actor, ready.credentials);
      return proven
        ? { proven, refresh: null, because: '', exchanges: [proven.answer.exchange] }
        : failed(`the ${ready.name} given for it is not recognised anywhere`, []);
    }
    transport.addSecret(login.password);
    const context = contextFor(account, login.username, login.password);
    if (shared && !login.at) {
      const attempt = await attemptLogin(context, shared);
      return byAttempt(attempt, `${nameOf(shared)} refused the login of ${login.username}`);
    }
    const ids = target.tenantIds[actor.tenant] ?? {};
    const found = await findLogin<Proven>(context, {
      given: login.at ?? null,
      operations,
      pathValues: ids,
      prove: (credentials) => prover.prove(actor, credentials),
    });
    if (found.kind === 'refused') return failed(found.because, found.exchanges);
    const url = found.way.kind === 'route' ? found.way.route.url : found.way.url;
    const ofItsTenant = Object.values(ids).some((value) => url.includes(value));
    if (login.at || ofItsTenant) account.way = found.way;
    else shared ??= found.way;
    const exchanges = [...found.exchanges.slice(-1), found.proven.answer.exchange];
    return { proven: found.proven, refresh: refreshOf(account, found.given), because: '', exchanges };
  };

  const again = async (account: Account, password?: string): Promise<LoginResult> => {
    const { actor } = account;
    const { login } = actor;
    if (password !== undefined) transport.addSecret(password);
    const way = account.way ?? (login.kind === 'password' && login.at ? null : shared);
    const ready = !['password', 'oauth', 'endpoint', 'custom'].includes(login.kind);
    if (ready) return refused(`${actor.id} has a ready-made ${login.kind}, not a password`);
    if (password !== undefined && login.kind !== 'password' && login.kind !== 'oauth')
      return refused(`${actor.id} does not log in with a password`);
    if ((login.kind === 'password' && !way) || (account.proof === null && password === undefined)) {
      const started = await first(account);
      if (!started.proven) return refused(started.because, started.exchanges);
      account.proof = started.proven.proof;
      return entered(started.proven, started.refresh, started.exchanges);
    }
    const attempt = await (request(account, login, password) ??
      attemptLogin(
        contextFor(
          account,
          login.kind === 'password' ? login.username : '',
          password ?? (login.kind === 'password' ? login.password : ''),
        ),
        way ?? { kind: 'page', url: target.app },
      ));
    const exchanges = [...attempt.exchanges];
    if (attempt.kind === 'refused') return refused(attempt.because, exchanges);
    if (attempt.kind === 'nothing-here') return refused('the login is no longer there', exchanges);
    const kind = account.credential?.kind;
    const likely = [...attempt.credentials].sort((a, b) => Number(b.kind === kind) - Number(a.kind === kind));
    const refresh = refreshOf(account, attempt.given);
    if (account.proof === null) {
      const proven = await prover.prove(actor, likely);
      if (!proven) return refused(unproven, exchanges);
      account.proof = proven.proof;
      return entered(proven, refresh, [...exchanges, proven.answer.exchange]);
    }
    for (const credential of likely) {
      const seen = await prover.isAlive(account, credential, 'session/login');
      if (seen.exchange) exchanges.push(seen.exchange);
      if (!seen.alive) continue;
      // Finding the route uses this login's token up: hand out a fresh login instead.
      if (refresh === null && (await refreshes.search(actor.id, attempt.given, exchanges)))
        return again(account, password);
      const isCookie = credential.kind === 'cookie';
      const others = likely.filter((other) => (other.kind === 'cookie') !== isCookie);
      return { kind: 'in', credential, others, ...(refresh ? { refresh } : {}), exchanges };
    }
    return refused('what the login gave is not recognised', exchanges);
  };

  const renew = async (account: Account): Promise<LoginResult> => {
    const { refresh } = account;
    if (refresh) {
      account.refresh = null;
      const answer = await transport.send({
        ...refresh.request(),
        actor: account.actor.id,
        probe: 'session/login',
        purpose: 'renew the session',
        effect: { kind: 'session' },
      });
      const renewed = answer.kind === 'answer' ? refresh.read(answer) : null;
      const kind = account.credential?.kind;
      const alike = renewed?.credentials.filter((credential) => credential.kind === kind) ?? [];
      for (const credential of alike.slice(0, 2)) {
        const seen = await prover.isAlive(account, credential, 'session/login');
        if (seen.alive && renewed)
          return { kind: 'in', credential, refresh: renewed.refresh, exchanges: [answer.exchange] };
      }
    }
    return again(account);
  };

  const half = async (account: Account): Promise<HalfLoginResult> => {
    const { login } = account.actor;
    const way = account.way ?? (login.kind === 'password' && login.at ? null : shared);
    if (login.kind !== 'password' || account.codes === null || way === null)
      return { kind: 'none', because: `${account.actor.id} has no second step that is known` };
    return halfLogin(contextFor(account, login.username, login.password), way, {
      codes: account.codes,
      isAlive: (credential) => prover.isAlive(account, credential, 'lifecycle/second-step'),
    });
  };

  return {
    first,
    again,
    renew,
    half,
    get way() {
      return shared;
    },
  };
}

const nameOf = (way: LoginWay): string =>
  way.kind === 'route'
    ? `POST ${new URL(way.route.url).pathname}`
    : `the form at ${new URL(way.url).pathname}`;

const entered = (
  { credential }: Proven,
  refresh: Refresh | null,
  exchanges: readonly ExchangeId[],
): LoginResult => ({ kind: 'in', credential, ...(refresh ? { refresh } : {}), exchanges });

const refused = (because: string, exchanges: readonly ExchangeId[] = []): LoginResult => ({
  kind: 'refused',
  because,
  exchanges,
});
