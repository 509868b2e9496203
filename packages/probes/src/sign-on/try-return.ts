import type { ExchangeId } from '@launch-ready/core';
import type { Outcome, SignOnDesk } from './sign-on-desk.ts';
import { comeBack, walkSignOn } from './sign-on-walk.ts';

/** A name that never leads anywhere (RFC 2606 section 2). */
const foreign = 'elsewhere.invalid';
const addresses = [`https://${foreign}/`, `//${foreign}/`, `/\\${foreign}/`];
const names = [
  'returnTo',
  'return_to',
  'returnUrl',
  'return_url',
  'redirect',
  'redirectTo',
  'redirect_to',
  'redirect_uri',
  'next',
  'continue',
  'callbackUrl',
  'callbackURL',
  'url',
  'RelayState',
];

/**
 * Starts sign-ons that name a foreign address to come back to, in the words that are usual for it, and sees whether the provider
 * is told to send its answer there, or the browser is led there once it is signed in.
 */
export async function tryReturn(desk: SignOnDesk): Promise<void> {
  await desk.trial('return-to', async (exchanges) => {
    for (const address of addresses) {
      const seen = await startedFor(desk, address, exchanges);
      if (seen.in !== false) return seen;
    }
    return { in: false, said: 'the browser stayed in the application' };
  });
}

async function startedFor(desk: SignOnDesk, address: string, exchanges: ExchangeId[]): Promise<Outcome> {
  const { context, place, probe, walks } = desk;
  const start = new URL(place.url);
  for (const name of names) start.searchParams.set(name, address);
  let isAnswerSentAway = false;
  const walked = await walkSignOn(context, { ...place, url: start.href }, probe, async (to) => {
    const back = new URL(to).searchParams.get('redirect_uri') ?? '';
    isAnswerSentAway = URL.canParse(back, place.url) && new URL(back, place.url).hostname === foreign;
    if (isAnswerSentAway) throw new Error('the provider would send its answer elsewhere');
    return walks.own(to);
  });
  if (isAnswerSentAway) return { in: true, said: `the provider is told to send its answer to ${foreign}` };
  // A start that is refused because of these values is a good answer to them.
  if ('because' in walked) return { in: false, said: walked.because };
  exchanges.push(walked.start.exchange);
  const { leftFor, exchanges: more } = await comeBack(context, walked.callback, walked.browser, probe);
  exchanges.push(...more);
  if (leftFor?.hostname !== foreign) return { in: false, said: 'the browser stayed in the application' };
  const carries = /token|code|jwt|session/i.test(`${leftFor.search}${leftFor.hash}`);
  return {
    in: true,
    said: `once signed in, the browser is led to ${foreign}${carries ? ' with what signed it in' : ''} (asked for as ${address})`,
  };
}
