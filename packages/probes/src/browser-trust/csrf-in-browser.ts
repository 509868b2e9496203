import type { EvidenceMap } from '@launch-ready/core';
import type { Courier } from '../cross-tenant/courier.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { ProbeContext } from '../probe.ts';
import { browserHint } from '../transport/browser-wire.ts';
import type { PageVisited, RealBrowser } from '../transport/page-visits.ts';
import { hostileCall, lookFor, pageOf, type CsrfTrial, type HostileCall, type Seen } from './csrf-attempt.ts';
import { hostileOrigin } from './hostile-request.ts';
import { pageCookies } from './page-cookies.ts';

/** A browser that is started when the first suspicion has to be seen in it. */
export interface CsrfBrowser {
  /** Does what a trial has shown once more, on a fresh object, by a page of another origin. */
  again(workshop: Workshop, courier: Courier, object: PlantedObject, trial: CsrfTrial): Promise<CsrfTrial>;
  seen(): Promise<EvidenceMap['csrf']['browser']>;
  close(): Promise<void>;
}

interface Visited {
  readonly answer: PageVisited['answers'][number] | undefined;
  readonly seen: Seen;
}

/** The browser did not send it, or its answer got lost, and nothing shows that it was carried out. */
const isSilent = ({ answer, seen }: Visited): boolean => answer === undefined && seen.changed !== 'yes';

/** An answer of which nothing but its status is known. */
const noWords = {
  kind: 'answer',
  headers: [],
  header: () => null,
  headerValues: () => [],
  bytes: new Uint8Array(),
  text: '',
  json: () => undefined,
  totalMs: 0,
} as const;

/** Suspicions of each kind that are opened; the rest of a kind stands and falls with them. */
const mostVisits = 8;

export function csrfInBrowser(
  context: ProbeContext,
  cookies: EvidenceMap['cookies'],
  probe: string,
): CsrfBrowser {
  let browser: RealBrowser | null | undefined;
  let visits = 0;
  let sent: boolean | null = null;
  const flags = cookies.cookies.filter((cookie) => cookie.authenticates).map((cookie) => cookie.sameSite);
  const always = flags.length > 0 && flags.every((flag) => flag === 'none');
  /** Opens the page that sends it, and looks what came of it: also where the browser kept the answer to itself. */
  const visitWith = async (
    opened: RealBrowser,
    workshop: Workshop,
    courier: Courier,
    object: PlantedObject,
    call: HostileCall,
  ): Promise<Visited> => {
    const { answers } = await opened.visit({
      actor: object.owner,
      probe,
      purpose: `a page elsewhere, in a browser, sends this as ${call.style}`,
      origin: hostileOrigin,
      html: pageOf(call, always),
      cookies: pageCookies(context, object.owner, call.url, cookies),
      calls: [
        {
          method: call.operation.method,
          url: call.url,
          operation: call.operation,
          effect: { kind: 'create', entry: call.ref },
          ...(call.body === null ? {} : { body: call.body }),
        },
      ],
      says: false,
    });
    const [answer] = answers;
    const exchange = answer?.exchange ?? object.exchanges[0];
    if (exchange === undefined) throw new Error('a planted object has an exchange');
    // Without an answer it is looked for as after a success, since it may have been carried out.
    const shown = { ...noWords, exchange, status: answer?.status ?? 200 };
    return { answer, seen: await lookFor(workshop, courier, object, call, shown) };
  };
  return {
    again: async (workshop, courier, object, trial) => {
      const travels =
        trial.cookieTravels === 'yes' ||
        (trial.cookieTravels === 'only-top-level-get' && trial.style === 'get');
      // What browsers keep back by the flag that the application set needs no browser to be told.
      const { style } = trial;
      if (!travels || visits >= mostVisits || style === 'method-override') return trial;
      const create = object.resource.create ?? object.made.operation;
      const call = hostileCall(workshop, object, create, style);
      if (call === null) return trial;
      // What a browser sends is matched by its address, and that tells nothing of the operation in another protocol.
      if (call.operation.wire) {
        workshop.context.ledger.notCreated(call.ref);
        return always
          ? { ...trial, browser: 'not-opened' }
          : {
              ...trial,
              browser: 'not-opened',
              verdict: 'inconclusive',
              because: `${trial.because}; whether a browser sends the cookie along was not seen`,
            };
      }
      if (browser === undefined) browser = await context.transport.openBrowser();
      if (browser === null) {
        workshop.context.ledger.notCreated(call.ref);
        // Cookies with SameSite=None travel by their own wish; the others by the habits of each browser.
        return always
          ? { ...trial, browser: 'not-opened' }
          : {
              ...trial,
              browser: 'not-opened',
              verdict: 'inconclusive',
              because: `${trial.because}; whether a browser sends the cookie along was not seen: ${browserHint}`,
            };
      }
      visits += 1;
      const name = `Chromium ${browser.version.split('.')[0]}`;
      const first = await visitWith(browser, workshop, courier, object, call);
      // A page that was slow to load says nothing of the application: a fresh one tries once more.
      const fresh = isSilent(first) ? hostileCall(workshop, object, create, style) : null;
      const second = fresh === null ? null : await visitWith(browser, workshop, courier, object, fresh);
      const { answer, seen } = second ?? first;
      sent = sent === true || answer?.withCookies === true || seen.changed === 'yes';
      const exchanges = [...trial.exchanges, ...first.seen.exchanges, ...(second?.seen.exchanges ?? [])];
      if (seen.changed === 'yes')
        return {
          ...trial,
          browser: 'carried-out',
          because: `${trial.because}; a page of ${hostileOrigin} did the same in ${name}`,
          exchanges,
        };
      if (answer === undefined)
        return {
          ...trial,
          browser: 'kept-back',
          verdict: 'inconclusive',
          because: `${trial.because}; but the browser did not send it, twice`,
          exchanges,
        };
      return {
        ...trial,
        browser: 'kept-back',
        verdict: answer.withCookies && seen.changed === 'unknown' ? 'inconclusive' : 'refused',
        because: answer.withCookies
          ? `from a page in ${name} it came with the cookie and changed nothing: ${seen.because}`
          : `${name} sends it without the cookie`,
        exchanges,
      };
    },
    seen: async () =>
      browser ? { version: browser.version, cookiesSent: sent } : browser === null ? null : undefined,
    close: async () => {
      await browser?.close();
    },
  };
}
