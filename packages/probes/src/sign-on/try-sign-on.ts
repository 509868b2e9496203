import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import { cookieCredential, type CookieCredential } from '../session/cookie-credential.ts';
import type { Credential } from '../session/sessions.ts';
import type { SignOnWalks } from '../target/target.ts';
import type { SendResult } from '../transport/transport.ts';
import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import { privateAnswer } from '../lifecycle/private-answer.ts';
import { comeBack, walkSignOn, type SignOnWalk } from './sign-on-walk.ts';
import type { SignOnPlace } from './sign-on-starts.ts';

type Data = EvidenceMap['singleSignOn'];
type Trial = Data['trials'][number];
type Case = Trial['case'];
export type SignOnTrials = Pick<Data, 'trials' | 'notTested'>;

const ways: Readonly<Record<Exclude<Case, 'binding'>, string>> = {
  'missing-state': 'an answer of the provider without its state',
  'foreign-state': 'an answer of the provider that another browser had asked for',
  'reused-answer': 'an answer of the provider for the second time',
  'unverified-email': 'an account whose unverified address is that of another account',
};

/**
 * Goes through a sign-on with accounts of the target file, and brings answers of the provider back in ways that must be
 * refused (RFC 6749 sections 4.1.2 and 10.12). What was let in counts when the session is recognised, twice.
 */
export async function trySignOn(
  context: ProbeContext,
  place: SignOnPlace,
  walks: SignOnWalks,
  probe: string,
): Promise<SignOnTrials> {
  const path = new URL(place.url).pathname;
  const trials: Trial[] = [];
  const notTested: Data['notTested'][number][] = [];
  const skip = (because: string, ...cases: readonly Case[]): void => {
    for (const one of cases) notTested.push({ case: one, because });
  };
  const enters = async (
    callback: string,
    browser: CookieCredential,
    exchanges: ExchangeId[],
  ): Promise<{ readonly in: boolean | null; readonly said: string }> => {
    const back = await comeBack(context, callback, browser, probe);
    exchanges.push(...back.exchanges);
    for (const credential of back.credentials) {
      const seen = await knock(credential);
      exchanges.push(seen.exchange);
      if (seen.in === null) return { in: null, said: 'whether the session is recognised could not be told' };
      if (seen.in) return { in: true, said: `${back.said}, and the session is recognised` };
    }
    return { in: false, said: `${back.said}, and no session came of it` };
  };
  const walk = (): ReturnType<typeof walkSignOn> => walkSignOn(context, place, probe, walks.own);
  /** Twice when it is let in, each time from the beginning. */
  const trial = async (
    one: Exclude<Case, 'binding'>,
    attempt: (exchanges: ExchangeId[]) => Promise<{ readonly in: boolean | null; readonly said: string }>,
  ): Promise<void> => {
    const exchanges: ExchangeId[] = [];
    const first = await attempt(exchanges);
    const again = first.in === true ? await attempt(exchanges) : first;
    const verdict =
      first.in === null || again.in === null
        ? 'inconclusive'
        : first.in && again.in
          ? 'accepted'
          : first.in
            ? 'inconclusive'
            : 'refused';
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
  };
  const using = async (
    exchanges: ExchangeId[],
    use: (walked: SignOnWalk) => Promise<{ readonly in: boolean | null; readonly said: string }>,
  ): Promise<{ readonly in: boolean | null; readonly said: string }> => {
    const walked = await walk();
    if ('because' in walked) return { in: null, said: walked.because };
    exchanges.push(walked.start.exchange);
    return use(walked);
  };

  const known = await someProof(context, probe);
  if (known === null) {
    skip(
      'nothing was found that shows whether a session is recognised',
      'missing-state',
      'foreign-state',
      'reused-answer',
      'unverified-email',
    );
    return { trials, notTested };
  }
  const knock = (credential: Credential): ReturnType<Proof> => known(credential);
  const control: ExchangeId[] = [];
  const plain = await using(control, ({ callback, browser }) => enters(callback, browser, control));
  if (plain.in !== true) {
    skip(
      `the account of the target file could not sign on: ${plain.said}`,
      'missing-state',
      'foreign-state',
      'reused-answer',
      'unverified-email',
    );
    return { trials, notTested };
  }
  await trial('reused-answer', (exchanges) =>
    using(exchanges, async ({ callback, browser }) => {
      const copy = browser.snapshot();
      const first = await enters(callback, browser, exchanges);
      return first.in === true ? enters(callback, copy, exchanges) : { in: null, said: first.said };
    }),
  );
  const carriesState = (callback: string): boolean => new URL(callback).searchParams.has('state');
  const example = await walk();
  if ('because' in example) skip(example.because, 'missing-state', 'foreign-state');
  else if (!carriesState(example.callback))
    skip('the sign-on carries no state that could be taken away', 'missing-state', 'foreign-state');
  else {
    await trial('missing-state', (exchanges) =>
      using(exchanges, async ({ callback, browser }) => {
        const without = new URL(callback);
        without.searchParams.delete('state');
        return enters(without.href, browser, exchanges);
      }),
    );
    await trial('foreign-state', (exchanges) =>
      using(exchanges, async ({ callback }) => {
        const visitor = await enters(callback, cookieCredential('anonymous'), exchanges);
        if (visitor.in !== false) return visitor;
        // The victim may have started a sign-on of its own, so that a state of its own is there.
        return using(exchanges, async (attacker) =>
          using(exchanges, async ({ browser }) => enters(attacker.callback, browser, exchanges)),
        );
      }),
    );
  }
  const { unverified } = walks;
  const tenant = context.target.tenants.find((one) => context.sessions.throwaway(one) !== null);
  const victim = tenant === undefined ? null : context.sessions.throwaway(tenant);
  const address = victim === null ? undefined : context.sessions.secretOf(victim)?.username;
  if (unverified === undefined) skip('the target file has no sso.unverified', 'unverified-email');
  else if (victim === null || !address?.includes('@'))
    skip('the target file names no throw-away account with a mail address', 'unverified-email');
  else {
    const login = await logInAfresh(context, victim);
    const url = login.aliveUrl;
    const door =
      login.kind === 'in' && url !== null ? await privateAnswer(context, login.credential, url, probe) : null;
    if (door === null) skip(`nothing was found that shows that an account is ${victim}`, 'unverified-email');
    else
      await trial('unverified-email', async (exchanges) => {
        const walked = await walkSignOn(context, place, probe, (to) => unverified(to, address));
        if ('because' in walked) return { in: null, said: walked.because };
        const back = await comeBack(context, walked.callback, walked.browser, probe);
        exchanges.push(walked.start.exchange, ...back.exchanges);
        for (const credential of back.credentials) {
          const seen = await door.ask(credential);
          exchanges.push(seen.exchange);
          if (seen.opened === null) return { in: null, said: seen.because };
          if (seen.opened) return { in: true, said: `${back.said}, and ${victim} was entered` };
        }
        return { in: false, said: `${back.said}, and ${victim} was not entered` };
      });
  }
  return { trials, notTested };
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
