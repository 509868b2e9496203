import {
  anonymous,
  type Actor,
  type ActorId,
  type EvidenceMap,
  type ExchangeId,
  type HeaderList,
  type Operation,
} from '@launch-ready/core';
import type { Clock } from '../clock.ts';
import type { Target, TargetActor } from '../target/target.ts';
import type { Answer, SendResult, Transport } from '../transport/transport.ts';
import { attemptLogin, type LoginWay } from './attempt-login.ts';
import { CannotStart } from './cannot-start.ts';
import { givenCookies } from './cookie-credential.ts';
import { findLogin } from './find-login.ts';
import { bearerHeader, headerCredential } from './header-credential.ts';
import { loginBody } from './login-body.ts';
import { asFromOwnPage } from './page-origin.ts';
import { identityOf, proofBy, proofCandidates, type Proof } from './proof.ts';
import type { AliveResult, Credential, LoginResult, SessionRequest, Sessions } from './sessions.ts';

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
  heartbeat(afterProbe: string): Promise<void>;
  /** The `logins` evidence so far. */
  logins(): EvidenceMap['logins'];
}

type LoginRecord = EvidenceMap['logins']['actors'][number];
interface ActorState {
  readonly actor: TargetActor;
  proof: Proof | null;
  credential: Credential | null;
  /** How this account logs in, when that is not how all do. */
  way: LoginWay | null;
  /** The session ended and the account could not log in again. */
  lost: boolean;
  renewing: Promise<boolean> | null;
}
interface Proven {
  readonly credential: Credential;
  readonly proof: Proof;
  readonly answer: Answer;
}

/**
 * Logs every actor of the target in, proves each login by an answer that nobody else gets, and keeps the sessions alive.
 * @throws {CannotStart} no account could log in, or two actors are the same account
 */
export async function connectSessions(setting: ConnectSetting): Promise<Connected> {
  const { target, transport, operations } = setting;
  const states = new Map<ActorId, ActorState>();
  const records = new Map<ActorId, LoginRecord>();
  const nobody = new Map<string, Answer | null>();
  const statusesOfTheDead = new Set([401, 419, 440]);
  let proofKnown: string | null = null;
  let way: LoginWay | null = null;

  const usernameOf = (actor: TargetActor): string | null =>
    actor.login.kind === 'password' ? actor.login.username : null;

  const rawSend = async (
    credential: Credential | null,
    actor: ActorId,
    request: SessionRequest,
  ): Promise<SendResult> => {
    const given = new Set((request.headers ?? []).map(([name]) => name.toLowerCase()));
    const own = [...Object.entries(target.headers), ...(credential?.headers(request.url) ?? [])];
    const headers: HeaderList = [
      ...own.filter(([name]) => !given.has(name.toLowerCase()) || name.toLowerCase() === 'cookie'),
      ...(request.headers ?? []),
    ];
    const tokens = credential?.pageHeaders?.(request.url) ?? [];
    return transport.send({
      ...request,
      actor,
      headers: asFromOwnPage({ method: request.method, headers }, { app: target.app, tokens }),
    });
  };

  const askProof = (
    url: string,
    credential: Credential | null,
    actor: ActorId,
    probe: string,
    purpose: string,
  ): Promise<SendResult> =>
    rawSend(credential, actor, { probe, purpose, method: 'GET', url, effect: { kind: 'none' } });

  const nobodysAnswer = async (url: string): Promise<Answer | null> => {
    const known = nobody.get(url);
    if (known !== undefined) return known;
    const result = await askProof(url, null, anonymous, 'session/login', 'what nobody gets');
    const answer = result.kind === 'answer' && result.status < 500 && result.status !== 429 ? result : null;
    nobody.set(url, answer);
    return answer;
  };

  /** Finds a request that tells the actor from nobody with one of the credentials. */
  const prove = async (actor: TargetActor, credentials: readonly Credential[]): Promise<Proven | null> => {
    const all = proofCandidates(operations, target, target.proof);
    const first = all.filter((candidate) => candidate.url === proofKnown);
    let asked = 0;
    for (const { url, declared } of [...first, ...all.filter((candidate) => candidate.url !== proofKnown)]) {
      const none = await nobodysAnswer(url);
      if (!none || (!declared && [404, 405].includes(none.status))) continue;
      for (const credential of credentials) {
        if ((asked += 1) > 60) return null;
        const answer = await askProof(url, credential, actor.id, 'session/login', 'prove the login');
        if (answer.kind !== 'answer') continue;
        const by = proofBy(answer, none, usernameOf(actor));
        if (by === null) continue;
        if (credential.kind === 'cookie') credential.absorb(url, answer.headers);
        await learnTheDead(url, credential, none);
        proofKnown = url;
        return { credential, proof: { url, by, nobody: { status: none.status, text: none.text } }, answer };
      }
    }
    return null;
  };

  /** Learns with which status the application answers a credential that is no longer valid. */
  const learned = new Set<string>();
  const learnTheDead = async (url: string, credential: Credential, none: Answer): Promise<void> => {
    if (learned.has(`${credential.kind} ${url}`)) return;
    learned.add(`${credential.kind} ${url}`);
    const answer = await askProof(
      url,
      credential.tampered(),
      anonymous,
      'session/login',
      'what an invalid credential gets',
    );
    for (const { status } of answer.kind === 'answer' ? [answer, none] : [none]) {
      if (status >= 300 && status < 500 && status !== 429) statusesOfTheDead.add(status);
    }
  };

  const isAlive = async (credential: Credential, probe: string): Promise<AliveResult> => {
    const state = states.get(credential.actor);
    const proof = state?.proof ?? null;
    if (!state || !proof)
      return { alive: false, exchange: null, unsure: 'no answer is known that proves this login' };
    const result = await askProof(
      proof.url,
      credential,
      credential.actor,
      probe,
      'is the login still recognised',
    );
    if (result.kind === 'no-answer')
      return { alive: false, exchange: result.exchange, unsure: result.because };
    if (result.status >= 500 || result.status === 429) {
      return { alive: false, exchange: result.exchange, unsure: `the answer has status ${result.status}` };
    }
    const alive = proofBy(result, proof.nobody, usernameOf(state.actor)) !== null;
    return { alive, exchange: result.exchange, unsure: null };
  };

  const contextFor = (actor: TargetActor, username: string, password: string) => ({
    transport,
    target,
    actor: actor.id,
    username,
    password,
  });

  /** Logs in from nothing: finds the way when none is known yet, and proves the result. */
  const logInAtStart = async (
    actor: TargetActor,
  ): Promise<{ proven: Proven | null; because: string; exchanges: readonly ExchangeId[] }> => {
    const { login } = actor;
    if (login.kind !== 'password') {
      const secret = login.kind === 'bearer' ? login.token : login.cookie;
      addSecrets(transport, secret);
      const credentials =
        login.kind === 'bearer'
          ? [headerCredential(actor.id, secret, bearerHeader)]
          : [givenCookies(actor.id, secret, target.api)];
      const proven = await prove(actor, credentials);
      return {
        proven,
        because: `the ${login.kind} given for it is not recognised anywhere`,
        exchanges: proven ? [proven.answer.exchange] : [],
      };
    }
    transport.addSecret(login.password);
    const context = contextFor(actor, login.username, login.password);
    const known = way;
    if (known && !login.at) {
      const attempt = await attemptLogin(context, known);
      const proven = attempt.kind === 'maybe' ? await prove(actor, attempt.credentials) : null;
      if (proven) return { proven, because: '', exchanges: [...attempt.exchanges, proven.answer.exchange] };
      const where =
        known.kind === 'route'
          ? `POST ${new URL(known.route.url).pathname}`
          : `the form at ${new URL(known.url).pathname}`;
      const why = attempt.kind === 'refused' ? attempt.because : 'no answer differs from what nobody gets';
      return {
        proven: null,
        because: `${where} refused the login of ${login.username}: ${why}`,
        exchanges: attempt.exchanges,
      };
    }
    const found = await findLogin<Proven>(context, {
      given: login.at ?? null,
      operations,
      pathValues: target.tenantIds[actor.tenant] ?? {},
      prove: (credentials) => prove(actor, credentials),
    });
    if (found.kind === 'refused') return { proven: null, because: found.because, exchanges: found.exchanges };
    const url = found.way.kind === 'route' ? found.way.route.url : found.way.url;
    const ofItsTenant = Object.values(target.tenantIds[actor.tenant] ?? {}).some((value) =>
      url.includes(value),
    );
    if (login.at || ofItsTenant) stateOf(actor.id).way = found.way;
    else way ??= found.way;
    return {
      proven: found.proven,
      because: '',
      exchanges: [...found.exchanges.slice(-1), found.proven.answer.exchange],
    };
  };

  const stateOf = (id: ActorId): ActorState => {
    const state = states.get(id);
    if (!state) throw new Error(`${id} is no actor of the target file`);
    return state;
  };

  const login = async (id: ActorId, password?: string): Promise<LoginResult> => {
    const state = stateOf(id);
    const { actor } = state;
    if (actor.login.kind !== 'password') {
      return {
        kind: 'refused',
        because: `${id} has a ready-made ${actor.login.kind}, not a password`,
        exchanges: [],
      };
    }
    if (password !== undefined) transport.addSecret(password);
    const known = state.way ?? (actor.login.at ? null : way);
    const first = !known || (state.proof === null && password === undefined);
    if (first) {
      const started = await logInAtStart(actor);
      if (!started.proven) return { kind: 'refused', because: started.because, exchanges: started.exchanges };
      state.proof = started.proven.proof;
      return { kind: 'in', credential: started.proven.credential, exchanges: started.exchanges };
    }
    const attempt = await attemptLogin(
      contextFor(actor, actor.login.username, password ?? actor.login.password),
      known,
    );
    const exchanges = [...attempt.exchanges];
    if (attempt.kind !== 'maybe') {
      return {
        kind: 'refused',
        because: attempt.kind === 'refused' ? attempt.because : 'the login is no longer there',
        exchanges,
      };
    }
    const kind = state.credential?.kind;
    const likely = [...attempt.credentials].sort((a, b) => Number(b.kind === kind) - Number(a.kind === kind));
    if (state.proof === null) {
      const proven = await prove(actor, likely);
      if (!proven) return { kind: 'refused', because: 'no answer differs from what nobody gets', exchanges };
      state.proof = proven.proof;
      return { kind: 'in', credential: proven.credential, exchanges: [...exchanges, proven.answer.exchange] };
    }
    for (const credential of likely) {
      const seen = await isAlive(credential, 'session/login');
      if (seen.exchange) exchanges.push(seen.exchange);
      if (seen.alive) return { kind: 'in', credential, exchanges };
    }
    return { kind: 'refused', because: 'what the login gave is not recognised', exchanges };
  };

  /** Logs in again when the current session is dead; says whether there is a new one. Shared by requests under way. */
  const renewIfDead = (state: ActorState): Promise<boolean> => {
    if (state.lost) return Promise.resolve(false);
    const renew = async (): Promise<boolean> => {
      if (!state.credential) return false;
      const seen = await isAlive(state.credential, 'session/heartbeat');
      if (seen.alive || seen.unsure !== null) return false;
      const again = await login(state.actor.id);
      if (again.kind === 'refused') {
        state.lost = true;
        return false;
      }
      state.credential = again.credential;
      return true;
    };
    state.renewing ??= renew().finally(() => (state.renewing = null));
    return state.renewing;
  };

  const send = async (id: ActorId, request: SessionRequest): Promise<SendResult> => {
    if (id === anonymous) return rawSend(null, id, request);
    const state = stateOf(id);
    if (!state.credential && target.throwaways[state.actor.tenant]?.id === id) {
      const first = await login(id);
      if (first.kind === 'in') state.credential = first.credential;
    }
    const used = state.credential;
    if (!used) throw new Error(`${id} is not logged in`);
    const result = await rawSend(used, id, request);
    if (result.kind === 'answer') used.absorb(request.url, result.headers);
    if (result.kind !== 'answer' || !statusesOfTheDead.has(result.status)) return result;
    const renewed = (await renewIfDead(state)) || state.credential !== used;
    if (!renewed || !state.credential) return result;
    const second = await rawSend(state.credential, id, request);
    if (second.kind === 'answer') state.credential.absorb(request.url, second.headers);
    return second;
  };

  const sessions: Sessions = {
    get actors(): readonly Actor[] {
      return target.actors
        .filter((actor) => records.get(actor.id)?.proven)
        .map(({ id, tenant, role }) => ({ id, tenant, role }));
    },
    throwaway: (tenant) => target.throwaways[tenant]?.id ?? null,
    send,
    sendWith: rawSend,
    login,
    current: (id) => {
      const { credential } = stateOf(id);
      if (!credential) throw new Error(`${id} is not logged in`);
      return credential;
    },
    isAlive,
    loginRequest: ({ username, password }) => {
      if (way?.kind !== 'route' || way.csrfFrom !== null) return null;
      const { route } = way;
      const headers = asFromOwnPage(
        { method: 'POST', headers: Object.entries(target.headers) },
        { app: target.app, tokens: [] },
      );
      return { method: 'POST', url: route.url, headers, body: loginBody(route, username, password) };
    },
    secretOf: (id) => {
      const { login: method } = stateOf(id).actor;
      return method.kind === 'password' ? { username: method.username, password: method.password } : null;
    },
  };

  const accounts = new Map<string, ActorId>();
  for (const actor of [...target.actors, ...Object.values(target.throwaways)]) {
    if (actor.login.kind === 'password') transport.addSecret(actor.login.password);
    states.set(actor.id, { actor, proof: null, credential: null, way: null, lost: false, renewing: null });
  }
  for (const actor of target.actors) {
    const state = stateOf(actor.id);
    const { proven, because, exchanges } = await logInAtStart(actor);
    if (proven) {
      state.proof = proven.proof;
      state.credential = proven.credential;
      const identity = identityOf(proven.proof.url, proven.answer);
      const other = identity === null ? undefined : accounts.get(identity);
      if (other !== undefined)
        throw new CannotStart(
          `${other} and ${actor.id} are the same account; give each actor an account of its own`,
        );
      if (identity !== null) accounts.set(identity, actor.id);
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
    const reasons = [...records.values()].map((record) => `${record.actor}: ${record.because}`);
    throw new CannotStart(`no account could log in (${reasons.join('; ')})`);
  }

  return {
    sessions,
    heartbeat: async (afterProbe) => {
      for (const { id } of sessions.actors) {
        const state = stateOf(id);
        const record = records.get(id);
        if (!state.credential || !record) continue;
        let seen = await isAlive(state.credential, 'session/heartbeat');
        if (!seen.alive && seen.unsure === null && (await renewIfDead(state))) {
          seen = await isAlive(state.credential, 'session/heartbeat');
        }
        const beat = { after: afterProbe, alive: seen.alive, exchange: seen.exchange };
        records.set(id, { ...record, heartbeats: [...record.heartbeats, beat] });
      }
    },
    logins: () => ({ actors: [...records.values()] }),
  };
}

function reasonOf({ proof, answer, credential }: Proven): string {
  const path = new URL(proof.url).pathname;
  return proof.by === 'status'
    ? `GET ${path} answers ${answer.status} with its ${credential.kind} and ${proof.nobody.status} to nobody`
    : `GET ${path} shows its account with its ${credential.kind} and none to nobody`;
}

function addSecrets(transport: Transport, given: string): void {
  transport.addSecret(given);
  for (const pair of given.split(';')) {
    const value = pair.slice(pair.indexOf('=') + 1).trim();
    if (value.length >= 8) transport.addSecret(value);
  }
}
