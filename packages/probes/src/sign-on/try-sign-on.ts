import type { EvidenceMap } from '@launch-ready/core';
import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import { privateAnswer } from '../lifecycle/private-answer.ts';
import type { ProbeContext } from '../probe.ts';
import { cookieCredential } from '../session/cookie-credential.ts';
import type { SignOnWalks } from '../target/target.ts';
import { signOnDesk, type SignOnCase, type SignOnDesk } from './sign-on-desk.ts';
import type { SignOnPlace } from './sign-on-starts.ts';
import { comeBack, walkSignOn } from './sign-on-walk.ts';
import { tryNonce } from './try-nonce.ts';
import { tryReturn } from './try-return.ts';

export type SignOnTrials = Pick<EvidenceMap['singleSignOn'], 'trials' | 'notTested'>;

const cases: readonly SignOnCase[] = [
  'missing-state',
  'foreign-state',
  'reused-answer',
  'return-to',
  'unverified-email',
];

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
  const none = (because: string): SignOnTrials => ({
    trials: [],
    notTested: cases.map((one) => ({ case: one, because })),
  });
  const desk = await signOnDesk(context, place, walks, probe);
  if (desk === null) return none('nothing was found that shows whether a session is recognised');
  const plain = await desk.using([], ({ callback, browser }) => desk.enters(callback, browser, []));
  if (plain.in !== true) return none(`the account of the target file could not sign on: ${plain.said}`);
  await desk.trial('reused-answer', (exchanges) =>
    desk.using(exchanges, async ({ callback, browser }) => {
      const copy = browser.snapshot();
      const first = await desk.enters(callback, browser, exchanges);
      return first.in === true ? desk.enters(callback, copy, exchanges) : { in: null, said: first.said };
    }),
  );
  await tryState(desk);
  await tryNonce(desk);
  await tryReturn(desk);
  await tryUnverified(desk);
  return { trials: desk.trials, notTested: desk.notTested };
}

/** Brings an answer back without its state, and into another browser than the one that asked. */
async function tryState(desk: SignOnDesk): Promise<void> {
  const example = await desk.walk();
  if ('because' in example) return desk.skip(example.because, 'missing-state', 'foreign-state');
  if (!new URL(example.callback).searchParams.has('state'))
    return desk.skip(
      'the sign-on carries no state that could be taken away',
      'missing-state',
      'foreign-state',
    );
  await desk.trial('missing-state', (exchanges) =>
    desk.using(exchanges, async ({ callback, browser }) => {
      const without = new URL(callback);
      without.searchParams.delete('state');
      return desk.enters(without.href, browser, exchanges);
    }),
  );
  await desk.trial('foreign-state', (exchanges) =>
    desk.using(exchanges, async ({ callback }) => {
      const visitor = await desk.enters(callback, cookieCredential('anonymous'), exchanges);
      if (visitor.in !== false) return visitor;
      // The victim may have started a sign-on of its own, so that a state of its own is there.
      return desk.using(exchanges, async (attacker) =>
        desk.using(exchanges, async ({ browser }) => desk.enters(attacker.callback, browser, exchanges)),
      );
    }),
  );
}

/** Signs on as an account that claims the address of a throw-away account. */
async function tryUnverified(desk: SignOnDesk): Promise<void> {
  const { context, place, probe, walks } = desk;
  const { unverified } = walks;
  const tenant = context.target.tenants.find((one) => context.sessions.throwaway(one) !== null);
  const victim = tenant === undefined ? null : context.sessions.throwaway(tenant);
  const address = victim === null ? undefined : context.sessions.secretOf(victim)?.username;
  if (unverified === undefined) return desk.skip('the target file has no sso.unverified', 'unverified-email');
  if (victim === null || !address?.includes('@'))
    return desk.skip('the target file names no throw-away account with a mail address', 'unverified-email');
  const login = await logInAfresh(context, victim);
  const url = login.aliveUrl;
  const door =
    login.kind === 'in' && url !== null ? await privateAnswer(context, login.credential, url, probe) : null;
  if (door === null)
    return desk.skip(`nothing was found that shows that an account is ${victim}`, 'unverified-email');
  await desk.trial('unverified-email', async (exchanges) => {
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
