import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import type { ProbeContext } from '../probe.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import type { CookieCredential } from '../session/cookie-credential.ts';
import type { Credential } from '../session/sessions.ts';
import type { SignOnWalks } from '../target/target.ts';
import type { SendResult } from '../transport/transport.ts';
import type { SignOnPlace } from './sign-on-starts.ts';
import { comeBack, walkSignOn, type SignOnWalk } from './sign-on-walk.ts';

type Data = EvidenceMap['singleSignOn'];
type Trial = Data['trials'][number];
export type SignOnCase = Exclude<Trial['case'], 'binding'>;

/** Whether somebody got in, or what must not happen did; null when that could not be told. */
export interface Outcome {
  readonly in: boolean | null;
  readonly said: string;
}

/** What every trial of a sign-on is: in words, for findings and their reproductions. */
const ways: Readonly<Record<SignOnCase, string>> = {
  'missing-state': 'an answer of the provider without its state',
  'foreign-state': 'an answer of the provider that another browser had asked for',
  'reused-answer': 'an answer of the provider for the second time',
  'foreign-nonce': 'an answer of the provider that holds another nonce',
  'return-to': 'a start that names a foreign address to come back to',
  'unverified-email': 'an account whose unverified address is that of another account',
};

/** One sign-on with an account of the provider, and the trials made of it. */
export interface SignOnDesk {
  readonly context: ProbeContext;
  readonly place: SignOnPlace;
  readonly walks: SignOnWalks;
  readonly probe: string;
  readonly trials: readonly Trial[];
  readonly notTested: Data['notTested'];
  skip(because: string, ...cases: readonly SignOnCase[]): void;
  /** Makes an attempt, and once more from the beginning when it succeeded. */
  trial(one: SignOnCase, attempt: (exchanges: ExchangeId[]) => Promise<Outcome>): Promise<void>;
  walk(): ReturnType<typeof walkSignOn>;
  /** Goes to the provider and back to just before the callback. */
  using(exchanges: ExchangeId[], use: (walked: SignOnWalk) => Promise<Outcome>): Promise<Outcome>;
  /** Opens a callback, and sees whether what it gave is a session. */
  enters(callback: string, browser: CookieCredential, exchanges: ExchangeId[]): Promise<Outcome>;
}

/** A desk for the sign-on that starts at this place; null when nothing shows whether a session is recognised. */
export async function signOnDesk(
  context: ProbeContext,
  place: SignOnPlace,
  walks: SignOnWalks,
  probe: string,
): Promise<SignOnDesk | null> {
  const knock = await someProof(context, probe);
  if (knock === null) return null;
  const path = new URL(place.url).pathname;
  const trials: Trial[] = [];
  const notTested: Data['notTested'][number][] = [];
  const walk = (): ReturnType<typeof walkSignOn> => walkSignOn(context, place, probe, walks.own);
  return {
    context,
    place,
    walks,
    probe,
    trials,
    notTested,
    walk,
    skip: (because, ...cases) => {
      for (const one of cases) notTested.push({ case: one, because });
    },
    enters: async (callback, browser, exchanges) => {
      const back = await comeBack(context, callback, browser, probe);
      exchanges.push(...back.exchanges);
      for (const credential of back.credentials) {
        const seen = await knock(credential);
        exchanges.push(seen.exchange);
        if (seen.in === null)
          return { in: null, said: 'whether the session is recognised could not be told' };
        if (seen.in) return { in: true, said: `${back.said}, and the session is recognised` };
      }
      return { in: false, said: `${back.said}, and no session came of it` };
    },
    using: async (exchanges, use) => {
      const walked = await walk();
      if ('because' in walked) return { in: null, said: walked.because };
      exchanges.push(walked.start.exchange);
      return use(walked);
    },
    trial: async (one, attempt) => {
      const exchanges: ExchangeId[] = [];
      const first = await attempt(exchanges);
      const again = first.in === true ? await attempt(exchanges) : first;
      const unsure = first.in === null || again.in === null || first.in !== again.in;
      const verdict = unsure ? 'inconclusive' : first.in ? 'accepted' : 'refused';
      trials.push({
        case: one,
        start: path,
        verdict,
        because: `${ways[one]}: ${first.said}`,
        exchanges,
        reproduce:
          verdict === 'accepted'
            ? {
                curl: `curl -i "$BASE_URL${path}" # sign in at the provider, then open the callback as said below`,
                script: scriptByHand(`go through the sign-on and bring back ${ways[one]}`),
              }
            : null,
      });
    },
  };
}

type Proof = (
  credential: Credential,
) => Promise<{ readonly in: boolean | null; readonly exchange: ExchangeId }>;

/** Tells sessions of accounts that the target file does not name: by an answer that nobody gets. */
async function someProof(context: ProbeContext, probe: string): Promise<Proof | null> {
  const { sessions, target } = context;
  const actor = target.tenants.map((one) => sessions.throwaway(one)).find((one) => one !== null);
  const login = actor === undefined ? null : await logInAfresh(context, actor);
  if (login?.kind !== 'in' || login.aliveUrl === null) return null;
  const url = login.aliveUrl;
  const get = (as: Credential | null): Promise<SendResult> =>
    sessions.sendWith(as, 'anonymous', {
      probe,
      purpose: 'something that only a signed-in user gets',
      method: 'GET',
      url,
      effect: { kind: 'none' },
    });
  const nobody = await get(null);
  if (nobody.kind !== 'answer') return null;
  return async (credential) => {
    const answer = await get(credential);
    const { exchange } = answer;
    if (answer.kind === 'no-answer' || answer.status === 429 || answer.status >= 500)
      return { in: null, exchange };
    return { in: answer.status < 300 && answer.text !== nobody.text, exchange };
  };
}
