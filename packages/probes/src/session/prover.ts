import { anonymous, type ActorId, type Operation } from '@launch-ready/core';
import type { Target, TargetActor } from '../target/target.ts';
import type { Answer, SendResult } from '../transport/transport.ts';
import { usernameOf, type Account } from './account.ts';
import { emptyRequestCandidates, isComplaint, proofBy, proofCandidates, type Proof } from './proof.ts';
import type { SendAs } from './send-as.ts';
import type { AliveResult, Credential } from './sessions.ts';

/** A login that was proven, with the answer that shows it. */
export interface Proven {
  readonly credential: Credential;
  readonly proof: Proof;
  readonly answer: Answer;
}

/** Tells recognised credentials from others. */
export interface Prover {
  /** Finds a request that tells the actor from nobody with one of the credentials; null when there is none. */
  prove(actor: TargetActor, credentials: readonly Credential[]): Promise<Proven | null>;
  /** Asks the account's proof again with a credential. */
  isAlive(account: Account | undefined, credential: Credential, probe: string): Promise<AliveResult>;
  /** Whether the application may answer a credential that is no longer valid with this status. */
  mayMeanDead(status: number): boolean;
}

const mostRequests = 60;

export function createProver(setting: {
  readonly target: Pick<Target, 'api' | 'app' | 'proof'>;
  readonly operations: readonly Operation[];
  readonly sendAs: SendAs;
}): Prover {
  const { target, operations, sendAs } = setting;
  const nobody = new Map<string, Answer | null>();
  const learned = new Set<string>();
  const statusesOfTheDead = new Set([401, 419, 440]);
  let lastProof: string | null = null;

  const ask = (
    url: string,
    as: { readonly credential: Credential | null; readonly actor: ActorId },
    probe: string,
    purpose: string,
  ): Promise<SendResult> =>
    sendAs(as.credential, as.actor, { probe, purpose, method: 'GET', url, effect: { kind: 'none' } });

  /** Sends a request without any of the fields that it must have. */
  const askEmpty = (
    url: string,
    as: { readonly credential: Credential | null; readonly actor: ActorId },
    probe: string,
    purpose: string,
  ): Promise<SendResult> =>
    sendAs(as.credential, as.actor, {
      probe,
      purpose,
      method: 'POST',
      url,
      body: { kind: 'json', value: {} },
      effect: { kind: 'session' },
    });

  /** Proves a login by what an empty request is refused for, where every answer is open to everybody. */
  const proveByComplaint = async (
    actor: TargetActor,
    credentials: readonly Credential[],
  ): Promise<Proven | null> => {
    for (const { origin, path } of emptyRequestCandidates(operations)) {
      const url = `${origin}${path}`;
      const noOne = { credential: null, actor: anonymous };
      const none = await askEmpty(url, noOne, 'session/login', 'what nobody gets');
      if (none.kind !== 'answer') continue;
      for (const credential of credentials) {
        const as = { credential, actor: actor.id };
        const answer = await askEmpty(url, as, 'session/login', 'prove the login');
        if (answer.kind !== 'answer' || !isComplaint(answer, none)) continue;
        // A credential that nobody gave out must fare as nobody does.
        const spoilt = { credential: credential.tampered(), actor: anonymous };
        const dead = await askEmpty(url, spoilt, 'session/login', 'what an invalid credential gets');
        if (dead.kind === 'answer' && isComplaint(dead, none)) continue;
        statusesOfTheDead.add(none.status);
        const proof = { url, by: 'complaint', nobody: { status: none.status, text: none.text } } as const;
        return { credential, proof, answer };
      }
    }
    return null;
  };

  const nobodysAnswer = async (url: string): Promise<Answer | null> => {
    const known = nobody.get(url);
    if (known !== undefined) return known;
    const result = await ask(
      url,
      { credential: null, actor: anonymous },
      'session/login',
      'what nobody gets',
    );
    const answer = result.kind === 'answer' && result.status < 500 && result.status !== 429 ? result : null;
    nobody.set(url, answer);
    return answer;
  };

  /** Learns with which status the application answers a credential that is not valid. */
  const learnTheDead = async (url: string, credential: Credential, none: Answer): Promise<void> => {
    if (learned.has(`${credential.kind} ${url}`)) return;
    learned.add(`${credential.kind} ${url}`);
    const as = { credential: credential.tampered(), actor: anonymous };
    const answer = await ask(url, as, 'session/login', 'what an invalid credential gets');
    for (const { status } of answer.kind === 'answer' ? [answer, none] : [none]) {
      if (status >= 300 && status < 500 && status !== 429) statusesOfTheDead.add(status);
    }
  };

  return {
    prove: async (actor, credentials) => {
      const all = proofCandidates(operations, target, target.proof);
      const ordered = [
        ...all.filter(({ url }) => url === lastProof),
        ...all.filter(({ url }) => url !== lastProof),
      ];
      let asked = 0;
      for (const { url, declared } of ordered) {
        const none = await nobodysAnswer(url);
        if (!none || (!declared && [404, 405].includes(none.status))) continue;
        for (const credential of credentials) {
          if ((asked += 1) > mostRequests) return null;
          const answer = await ask(url, { credential, actor: actor.id }, 'session/login', 'prove the login');
          if (answer.kind !== 'answer') continue;
          const by = proofBy(answer, none, usernameOf(actor));
          if (by === null) continue;
          credential.absorb(url, answer.headers);
          await learnTheDead(url, credential, none);
          lastProof = url;
          return { credential, proof: { url, by, nobody: { status: none.status, text: none.text } }, answer };
        }
      }
      return proveByComplaint(actor, credentials);
    },
    isAlive: async (account, credential, probe) => {
      if (!account?.proof)
        return { alive: false, exchange: null, unsure: 'no answer is known that proves this login' };
      const as = { credential, actor: credential.actor };
      const { proof } = account;
      const send = proof.by === 'complaint' ? askEmpty : ask;
      const result = await send(proof.url, as, probe, 'is the login still recognised');
      const { exchange } = result;
      if (result.kind === 'no-answer') return { alive: false, exchange, unsure: result.because };
      if (result.status >= 500 || result.status === 429) {
        return { alive: false, exchange, unsure: `the answer has status ${result.status}` };
      }
      const alive =
        proof.by === 'complaint'
          ? isComplaint(result, proof.nobody)
          : proofBy(result, proof.nobody, usernameOf(account.actor)) !== null;
      return { alive, exchange, unsure: null };
    },
    mayMeanDead: (status) => statusesOfTheDead.has(status),
  };
}
