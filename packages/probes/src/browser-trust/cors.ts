import type { EvidenceMap } from '@launch-ready/core';
import { defineProbe, type ProbeContext } from '../probe.ts';
import type { SendResult } from '../transport/transport.ts';
import { cookieTravels } from './cookie-travels.ts';
import { corsInBrowser } from './cors-in-browser.ts';
import { corsReproduction } from './cors-reproduction.ts';
import { foreignOrigins, type ForeignOrigin } from './foreign-origins.ts';
import { seenCookies } from './seen-cookies.ts';
import { privateReads, type PrivateRead } from './private-reads.ts';

type Trial = EvidenceMap['cors']['trials'][number];

const id = 'browser-trust/cors';
const mostReads = 3;

/** What private answers allow to origins that nobody listed. */
export const cors = defineProbe({
  id,
  title: 'CORS answers to unlisted origins',
  provides: 'cors',
  needs: ['logins', 'operations', 'cookies', 'planting'],
  leastMode: 'observe',
  estimate: () => 35,
  async run(context) {
    const reads = await privateReads(context, id, mostReads);
    if (reads.length === 0)
      return {
        status: 'missing',
        because: 'no read was found that works for an actor and is refused to nobody',
      };
    const origins = foreignOrigins(context.target.app, Object.values(context.target.origins));
    const trials: Trial[] = [];
    for (const [index, read] of reads.entries()) {
      for (const origin of origins) {
        const plain = await plainRequest(context, read, origin);
        trials.push(plain);
        // One operation shows how preflights are answered; most applications answer them in one place.
        if (index === 0) trials.push(besidePlain(await preflight(context, read, origin), plain));
      }
    }
    const seen = context.evidence('cookies') ?? (await seenCookies(context));
    const travels =
      'because' in seen ? 'yes' : !seen.used ? 'none' : cookieTravels(seen) === 'yes' ? 'yes' : 'no';
    const [first] = reads;
    // Without cookies nothing travels by itself, and no browser has anything to show.
    const judged =
      first === undefined || 'because' in seen || !seen.used
        ? trials
        : await corsInBrowser(context, id, first, seen, trials);
    return { status: 'gathered', data: { cookieTravels: travels, trials: judged } };
  },
});

/** A GET that needs no preflight, with the credential that a browser would have. */
async function plainRequest(
  { sessions }: ProbeContext,
  read: PrivateRead,
  origin: ForeignOrigin,
): Promise<Trial> {
  const result = await sessions.send(read.actor, {
    probe: id,
    purpose: `read in the name of ${origin.kind === 'null' ? 'the null origin' : origin.origin}`,
    method: 'GET',
    url: read.url,
    operation: read.operation,
    headers: [...read.headers, ['origin', origin.origin]],
    effect: { kind: 'none' },
  });
  return trialOf(read, origin, result, false);
}

async function preflight(
  { sessions }: ProbeContext,
  read: PrivateRead,
  origin: ForeignOrigin,
): Promise<Trial> {
  const result = await sessions.sendWith(null, 'anonymous', {
    probe: id,
    purpose: 'ask by preflight',
    method: 'OPTIONS',
    url: read.url,
    headers: [
      ['origin', origin.origin],
      ['access-control-request-method', 'GET'],
      ['access-control-request-headers', 'content-type'],
    ],
    effect: { kind: 'none' },
  });
  return trialOf(read, origin, result, true);
}

/** A preflight lets nothing be read by itself: the answer behind it must allow the origin too. */
function besidePlain(asked: Trial, plain: Trial): Trial {
  if (asked.verdict !== 'readable-with-credentials' || plain.verdict === asked.verdict) return asked;
  if (plain.verdict === 'inconclusive')
    return { ...asked, verdict: 'inconclusive', reproduce: null, because: plain.because };
  const because = `the preflight allows the origin, but the answer itself does not: ${plain.because}`;
  return { ...asked, verdict: 'unreadable', reproduce: null, because };
}

/** Judges as the Fetch standard's CORS check does: a credentialed answer is readable only with the very origin and `true`. */
function trialOf(read: PrivateRead, origin: ForeignOrigin, result: SendResult, isPreflight: boolean): Trial {
  const base = {
    operation: read.operation.id,
    originKind: origin.kind,
    origin: origin.origin,
    preflight: isPreflight,
    privateData: true,
    reproduce: null,
    exchanges: [read.answer.exchange, read.refused.exchange, result.exchange],
  };
  const silent = { allowOrigin: null, allowCredentials: false } as const;
  if (result.kind === 'no-answer')
    return { ...base, ...silent, verdict: 'inconclusive', because: result.because };
  const [allowOrigin = null, second] = result.headerValues('access-control-allow-origin');
  const allowCredentials = result.header('access-control-allow-credentials') === 'true';
  const head = { ...base, allowOrigin, allowCredentials };
  if (result.status === 429 || (!isPreflight && (result.status === 401 || result.status >= 500))) {
    return { ...head, verdict: 'inconclusive', because: `status ${result.status}` };
  }
  // Browsers take a preflight for granted only when its status is one of success, and a refusal shows nothing private.
  if (result.status < 200 || result.status > 299)
    return { ...head, verdict: 'unreadable', because: `it was refused with status ${result.status}` };
  if (allowOrigin === null) return { ...head, verdict: 'unreadable', because: 'no origin is allowed' };
  if (second !== undefined)
    return {
      ...head,
      verdict: 'unreadable',
      because: 'two allowed origins are named, which browsers refuse',
    };
  if (allowOrigin === origin.origin && allowCredentials) {
    return {
      ...head,
      reproduce: corsReproduction(read, origin, isPreflight),
      verdict: 'readable-with-credentials',
      because: 'the origin is allowed, with credentials',
    };
  }
  if (allowOrigin === '*' || allowOrigin === origin.origin) {
    return {
      ...head,
      verdict: 'readable',
      because: 'the origin is allowed, but only without credentials, to whom the answer is refused',
    };
  }
  return { ...head, verdict: 'unreadable', because: `only ${allowOrigin} is allowed` };
}
