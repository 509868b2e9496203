import { anonymous, type ActorId, type EvidenceMap, type Operation } from '@launch-ready/core';
import type { Clock } from '../clock.ts';
import type { LoginRoute, Target } from '../target/target.ts';
import type { SendResult, Transport } from '../transport/transport.ts';
import { createAccountLogin } from './account-login.ts';
import { newAccount, passwordOf, usernameOf, type Account } from './account.ts';
import { CannotStart } from './cannot-start.ts';
import { createCodeSource } from './code-source.ts';
import { renewalOf } from './expiry.ts';
import { loginBody } from './login-body.ts';
import { asFromOwnPage } from './page-origin.ts';
import { NotLoggedIn } from './not-logged-in.ts';
import { openLogin } from './open-login.ts';
import { proofBy } from './proof.ts';
import { reasonOf, refuseSameAccount } from './proven-login.ts';
import { createProver } from './prover.ts';
import { createDress, createSendAs } from './send-as.ts';
import type { AliveResult, Credential, LoginRequest, Refresh, SessionRequest, Sessions } from './sessions.ts';
import { watchNobody } from './watch-nobody.ts';
import { wayOf } from './way-of.ts';

export interface ConnectSetting {
  readonly target: Target;
  readonly transport: Transport;
  readonly operations: readonly Operation[];
  readonly clock: Clock;
}

/** Sessions of a run with the evidence of who is logged in. */
export interface Connected {
  readonly sessions: Sessions;
  /** Asks for every proven actor whether it is still there, logs in again where not, and keeps the answer. */
  readonly heartbeat: (afterProbe: string) => Promise<void>;
  /** The `logins` evidence so far. */
  readonly logins: () => EvidenceMap['logins'];
}

type LoginRecord = EvidenceMap['logins']['actors'][number];

const heartbeatTries = 3;
const heartbeatWaitMs = 1000;

/**
 * Logs every actor of the target in, proves each login by an answer that nobody else gets, and keeps the sessions alive.
 * @throws {CannotStart} no account could log in, or two actors are the same account
 */
export async function connectSessions(setting: ConnectSetting): Promise<Connected> {
  const { target, transport, operations, clock } = setting;
  const sendAs = createSendAs(target, transport);
  const prover = createProver({ target, operations, sendAs });
  const nowMs = (): number => clock.now().getTime();
  const logins = createAccountLogin({ target, transport, operations, prover, nowMs });
  const nobody = watchNobody(target, transport);
  const accounts = new Map<ActorId, Account>();
  const records = new Map<ActorId, LoginRecord>();

  const accountOf = (id: ActorId): Account => {
    const account = accounts.get(id);
    if (!account) throw new Error(`${id} is no actor of the target file`);
    return account;
  };

  const adopt = (account: Account, credential: Credential, refresh: Refresh | undefined): void => {
    account.credential = credential;
    account.refresh = refresh ?? null;
    account.renewAt = renewalOf(credential.expiresAt, nowMs());
    account.used = true;
    account.seenAlive = null;
  };

  const ask = async (account: Account, credential: Credential, probe: string): Promise<AliveResult> => {
    const seen = await prover.isAlive(account, credential, probe);
    if (credential === account.credential) account.seenAlive = seen.alive ? seen.exchange : null;
    return seen;
  };

  /** One renewal at a time, shared by requests under way; says whether there is a new session. */
  const renewal = (account: Account, renew: () => Promise<boolean>): Promise<boolean> => {
    if (account.lost) return Promise.resolve(false);
    account.renewing ??= renew().finally(() => (account.renewing = null));
    return account.renewing;
  };

  /** Logs in again when the current session is dead. */
  const renewIfDead = (account: Account): Promise<boolean> =>
    renewal(account, async () => {
      if (!account.credential) return false;
      const seen = await ask(account, account.credential, 'session/heartbeat');
      if (seen.alive || seen.unsure !== null) return false;
      const again = await logins.renew(account);
      if (again.kind === 'in') adopt(account, again.credential, again.refresh);
      else account.lost = true;
      return again.kind === 'in';
    });

  /** Renews a session that is about to run out. One that cannot be is used until it is dead. */
  const renewInTime = (account: Account): Promise<boolean> =>
    renewal(account, async () => {
      const again = await logins.renew(account);
      if (again.kind === 'in') adopt(account, again.credential, again.refresh);
      else account.renewAt = null;
      return again.kind === 'in';
    });

  const sendAndAbsorb = async (account: Account, request: SessionRequest): Promise<SendResult> => {
    const { credential, actor } = account;
    if (!credential) throw new NotLoggedIn(`${actor.id} is not logged in`);
    account.used = true;
    const result = await sendAs(credential, actor.id, request);
    if (result.kind === 'answer') credential.absorb(request.url, result.headers);
    const none = request.method === 'GET' ? nobody(request.url) : null;
    const shown =
      result.kind === 'answer' && none !== null && proofBy(result, none, usernameOf(actor)) !== null;
    account.seenAlive = shown ? result.exchange : null;
    return result;
  };

  const send = async (id: ActorId, request: SessionRequest): Promise<SendResult> => {
    if (id === anonymous) return sendAs(null, id, request);
    const account = accountOf(id);
    if (!account.credential && target.throwaways[account.actor.tenant]?.id === id) {
      const first = await logins.again(account);
      if (first.kind === 'in') adopt(account, first.credential, first.refresh);
    }
    if (account.renewAt !== null && nowMs() >= account.renewAt) await renewInTime(account);
    const used = account.credential;
    const result = await sendAndAbsorb(account, request);
    // A token that has run out must never pass for a refusal: ask whether the session lives before believing it.
    if (result.kind !== 'answer' || !prover.mayMeanDead(result.status)) return result;
    const renewed = (await renewIfDead(account)) || account.credential !== used;
    return renewed ? sendAndAbsorb(account, request) : result;
  };

  const sessions: Sessions = {
    get actors() {
      return target.actors
        .filter((actor) => records.get(actor.id)?.proven)
        .map(({ id, tenant, role }) => ({ id, tenant, role }));
    },
    throwaway: (tenant) => target.throwaways[tenant]?.id ?? null,
    send,
    sendWith: sendAs,
    dress: createDress(target),
    login: (id, password) => logins.again(accountOf(id), password),
    current: (id) => {
      const { credential } = accountOf(id);
      if (!credential) throw new NotLoggedIn(`${id} is not logged in`);
      return credential;
    },
    isAlive: (credential, probe) => prover.isAlive(accounts.get(credential.actor), credential, probe),
    loginRequest: (account) => {
      const { way } = logins;
      return way?.kind !== 'route' || way.csrfFrom !== null ? null : requestOf(target, way.route, account);
    },
    loginSteps: (id) => {
      const account = accountOf(id);
      const { login } = account.actor;
      if (login.kind !== 'password' || account.codes !== null) return null;
      const way = wayOf(account, [...accounts.values()]) ?? logins.way;
      if (way === null) return null;
      if (way.kind === 'page') return { kind: 'page', page: way.url };
      const { route, csrfFrom } = way;
      return { kind: 'request', tokenFrom: csrfFrom, request: (given) => requestOf(target, route, given) };
    },
    openLogin: async (id, probe) => {
      const way = wayOf(accountOf(id), [...accounts.values()]) ?? logins.way;
      return way === null ? null : openLogin({ transport, target }, way, probe);
    },
    halfLogin: (id) => logins.half(accountOf(id)),
    secretOf: (id) => passwordOf(accountOf(id).actor),
  };

  for (const actor of [...target.actors, ...Object.values(target.throwaways)]) {
    if (actor.login.kind === 'password') transport.addSecret(actor.login.password);
    const totp = actor.login.kind === 'password' ? actor.login.totp : undefined;
    if (totp !== undefined) transport.addSecret(totp);
    accounts.set(actor.id, newAccount(actor, totp === undefined ? null : createCodeSource(totp, clock)));
  }
  const identities = new Map<string, ActorId>();
  for (const actor of target.actors) {
    const account = accountOf(actor.id);
    const { proven, refresh, because, exchanges } = await logins.first(account);
    if (proven) {
      account.proof = proven.proof;
      adopt(account, proven.credential, refresh ?? undefined);
      refuseSameAccount(actor.id, proven, identities);
    }
    records.set(actor.id, {
      actor: actor.id,
      tenant: actor.tenant,
      role: actor.role,
      proven: proven !== null,
      because: proven ? reasonOf(proven) : because,
      exchanges: [...exchanges],
      heartbeats: [],
    });
  }
  if (target.actors.length > 0 && sessions.actors.length === 0) {
    const byReason = Map.groupBy(records.values(), ({ because }) => because);
    const reasons = [...byReason].map(
      ([because, some]) => `${some.map(({ actor }) => actor).join(', ')}: ${because}`,
    );
    throw new CannotStart(`no account could log in (${reasons.join('; ')})`);
  }

  /** Null when there is nothing to ask: no request was sent as it since it was seen alive. */
  const beat = async (account: Account): Promise<AliveResult | null> => {
    if (!account.used) return null;
    // Its last answer was one that nobody else gets.
    if (account.seenAlive !== null) return { alive: true, exchange: account.seenAlive, unsure: null };
    let seen: AliveResult | null = null;
    for (let attempt = 1; attempt <= heartbeatTries && account.credential; attempt += 1) {
      seen = await ask(account, account.credential, 'session/heartbeat');
      if (seen.alive) break;
      if (seen.unsure !== null) await clock.sleep(heartbeatWaitMs);
      else if (!(await renewIfDead(account))) break;
    }
    return seen;
  };

  return {
    sessions,
    heartbeat: async (afterProbe) => {
      for (const [id, record] of records) {
        const seen = await beat(accountOf(id));
        if (!seen) continue;
        accountOf(id).used = !seen.alive;
        const heartbeat = { after: afterProbe, alive: seen.alive, exchange: seen.exchange };
        records.set(id, { ...record, heartbeats: [...record.heartbeats, heartbeat] });
      }
    },
    logins: () => ({ actors: [...records.values()] }),
  };
}

/** The login request of an account, as its page would send it. */
function requestOf(
  target: Pick<Target, 'app' | 'headers'>,
  route: LoginRoute,
  { username, password }: { readonly username: string; readonly password: string },
): LoginRequest {
  const request = { method: 'POST', headers: Object.entries(target.headers) } as const;
  const headers = asFromOwnPage(request, { app: target.app, tokens: [] });
  return { method: 'POST', url: route.url, headers, body: loginBody(route, username, password) };
}
