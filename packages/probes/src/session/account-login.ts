import type { ExchangeId, Operation } from '@launch-ready/core';
import type { Target } from '../target/target.ts';
import type { Transport } from '../transport/transport.ts';
import type { Account } from './account.ts';
import { attemptLogin, type AttemptContext, type LoginWay } from './attempt-login.ts';
import { givenCookies } from './cookie-credential.ts';
import { findLogin } from './find-login.ts';
import { bearerHeader, headerCredential } from './header-credential.ts';
import type { Proven, Prover } from './prover.ts';
import type { LoginResult } from './sessions.ts';

/** How the first login of an account went. */
interface FirstLogin {
  readonly proven: Proven | null;
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
  readonly way: LoginWay | null;
}

export function createAccountLogin(setting: {
  readonly target: Target;
  readonly transport: Transport;
  readonly operations: readonly Operation[];
  readonly prover: Prover;
}): AccountLogin {
  const { target, transport, operations, prover } = setting;
  let shared: LoginWay | null = null;

  const contextFor = (account: Account, username: string, password: string): AttemptContext => ({
    transport,
    target,
    actor: account.actor.id,
    username,
    password,
  });

  const ready = async (account: Account, kind: 'bearer' | 'cookie', secret: string): Promise<FirstLogin> => {
    const { actor } = account;
    for (const value of [
      secret,
      ...secret.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim()),
    ]) {
      if (value.length >= 8) transport.addSecret(value);
    }
    const credential =
      kind === 'bearer'
        ? headerCredential(actor.id, secret, bearerHeader)
        : givenCookies(actor.id, secret, target.api);
    const proven = await prover.prove(actor, [credential]);
    const because = `the ${kind} given for it is not recognised anywhere`;
    return { proven, because, exchanges: proven ? [proven.answer.exchange] : [] };
  };

  const first = async (account: Account): Promise<FirstLogin> => {
    const { actor } = account;
    const { login } = actor;
    if (login.kind === 'bearer') return ready(account, 'bearer', login.token);
    if (login.kind === 'cookie') return ready(account, 'cookie', login.cookie);
    if (login.kind !== 'password')
      return { proven: null, because: `logins by ${login.kind} are not known`, exchanges: [] };
    transport.addSecret(login.password);
    const context = contextFor(account, login.username, login.password);
    if (shared && !login.at) {
      const attempt = await attemptLogin(context, shared);
      const proven = attempt.kind === 'maybe' ? await prover.prove(actor, attempt.credentials) : null;
      if (proven) return { proven, because: '', exchanges: [...attempt.exchanges, proven.answer.exchange] };
      const why = attempt.kind === 'refused' ? attempt.because : 'no answer differs from what nobody gets';
      const because = `${nameOf(shared)} refused the login of ${login.username}: ${why}`;
      return { proven: null, because, exchanges: attempt.exchanges };
    }
    const ids = target.tenantIds[actor.tenant] ?? {};
    const found = await findLogin<Proven>(context, {
      given: login.at ?? null,
      operations,
      pathValues: ids,
      prove: (credentials) => prover.prove(actor, credentials),
    });
    if (found.kind === 'refused') return { proven: null, because: found.because, exchanges: found.exchanges };
    const url = found.way.kind === 'route' ? found.way.route.url : found.way.url;
    const ofItsTenant = Object.values(ids).some((value) => url.includes(value));
    if (login.at || ofItsTenant) account.way = found.way;
    else shared ??= found.way;
    const exchanges = [...found.exchanges.slice(-1), found.proven.answer.exchange];
    return { proven: found.proven, because: '', exchanges };
  };

  const again = async (account: Account, password?: string): Promise<LoginResult> => {
    const { actor } = account;
    if (actor.login.kind !== 'password')
      return refused(`${actor.id} has a ready-made ${actor.login.kind}, not a password`);
    if (password !== undefined) transport.addSecret(password);
    const way = account.way ?? (actor.login.at ? null : shared);
    if (!way || (account.proof === null && password === undefined)) {
      const started = await first(account);
      if (!started.proven) return refused(started.because, started.exchanges);
      account.proof = started.proven.proof;
      return { kind: 'in', credential: started.proven.credential, exchanges: started.exchanges };
    }
    const attempt = await attemptLogin(
      contextFor(account, actor.login.username, password ?? actor.login.password),
      way,
    );
    const exchanges = [...attempt.exchanges];
    if (attempt.kind === 'refused') return refused(attempt.because, exchanges);
    if (attempt.kind === 'nothing-here') return refused('the login is no longer there', exchanges);
    const kind = account.credential?.kind;
    const likely = [...attempt.credentials].sort((a, b) => Number(b.kind === kind) - Number(a.kind === kind));
    if (account.proof === null) {
      const proven = await prover.prove(actor, likely);
      if (!proven) return refused('no answer differs from what nobody gets', exchanges);
      account.proof = proven.proof;
      return { kind: 'in', credential: proven.credential, exchanges: [...exchanges, proven.answer.exchange] };
    }
    for (const credential of likely) {
      const seen = await prover.isAlive(account, credential, 'session/login');
      if (seen.exchange) exchanges.push(seen.exchange);
      if (!seen.alive) continue;
      const isCookie = credential.kind === 'cookie';
      const others = likely.filter((other) => (other.kind === 'cookie') !== isCookie);
      return { kind: 'in', credential, others, exchanges };
    }
    return refused('what the login gave is not recognised', exchanges);
  };

  return {
    first,
    again,
    get way() {
      return shared;
    },
  };
}

const nameOf = (way: LoginWay): string =>
  way.kind === 'route'
    ? `POST ${new URL(way.route.url).pathname}`
    : `the form at ${new URL(way.url).pathname}`;

const refused = (because: string, exchanges: readonly ExchangeId[] = []): LoginResult => ({
  kind: 'refused',
  because,
  exchanges,
});
