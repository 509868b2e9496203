import type { EvidenceMap } from '@launch-ready/core';
import type { Courier } from '../cross-tenant/courier.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { ProbeContext } from '../probe.ts';
import { browserHint } from '../transport/browser-wire.ts';
import type { RealBrowser } from '../transport/page-visits.ts';
import { hostileCall, lookFor, pageOf, type CsrfTrial } from './csrf-attempt.ts';
import { hostileOrigin } from './hostile-request.ts';
import { pageCookies } from './page-cookies.ts';

/** A browser that is started when the first suspicion has to be seen in it. */
export interface CsrfBrowser {
  /** Does what a trial has shown once more, on a fresh object, by a page of another origin. */
  again(workshop: Workshop, courier: Courier, object: PlantedObject, trial: CsrfTrial): Promise<CsrfTrial>;
  seen(): Promise<EvidenceMap['csrf']['browser']>;
  close(): Promise<void>;
}

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
  return {
    again: async (workshop, courier, object, trial) => {
      const travels =
        trial.cookieTravels === 'yes' ||
        (trial.cookieTravels === 'only-top-level-get' && trial.style === 'get');
      // What browsers keep back by the flag that the application set needs no browser to be told.
      if (!travels || visits >= mostVisits) return trial;
      const create = object.resource.create ?? object.made.operation;
      const call = hostileCall(workshop, object, create, trial.style);
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
      const visited = await browser.visit({
        actor: object.owner,
        probe,
        purpose: `a page elsewhere, in a browser, sends this as ${trial.style}`,
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
      const [answer] = visited.answers;
      if (answer === undefined) {
        workshop.context.ledger.notCreated(call.ref);
        return {
          ...trial,
          browser: 'kept-back',
          verdict: 'inconclusive',
          because: `${trial.because}; but the browser did not send it`,
        };
      }
      sent = sent === true || answer.withCookies;
      const seen = await lookFor(workshop, courier, object, call, {
        kind: 'answer',
        exchange: answer.exchange,
        status: answer.status,
        headers: [],
        header: () => null,
        headerValues: () => [],
        bytes: new Uint8Array(),
        text: '',
        json: () => undefined,
        totalMs: 0,
      });
      const exchanges = [...trial.exchanges, ...seen.exchanges];
      const name = `Chromium ${browser.version.split('.')[0]}`;
      if (seen.changed === 'yes')
        return {
          ...trial,
          browser: 'carried-out',
          because: `${trial.because}; a page of ${hostileOrigin} did the same in ${name}`,
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
