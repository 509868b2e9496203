import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import { addressFor } from '../live/address-for.ts';
import { findLiveEndpoints } from '../live/find-live-endpoints.ts';
import { holds, listenRound, type Ear } from '../live/listen-round.ts';
import { nameOf, type LiveEndpoint } from '../live/live-endpoint.ts';
import { liveReproduction } from '../live/live-reproduction.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { workshopOf, type Workshop } from '../plant/workshop.ts';
import { defineProbe } from '../probe.ts';
import { cookieTravels } from './cookie-travels.ts';
import { hostileOrigin } from './hostile-request.ts';
import { seenCookies } from './seen-cookies.ts';
import { socketInBrowser, type SocketBrowser } from './socket-in-browser.ts';

type Trial = EvidenceMap['socketOrigins']['trials'][number];

const id = 'browser-trust/socket-origin';
const mostSockets = 4;

/**
 * Opens the WebSockets of the application as a page elsewhere would, with the visitor's cookies and its own Origin, while the
 * visitor makes something, and looks whether that page is sent it. Who sends no Origin at all is no page, and is not tried.
 */
export const socketOrigin = defineProbe({
  id,
  title: 'WebSockets opened by pages of other sites',
  provides: 'socketOrigins',
  needs: ['logins', 'operations', 'planting', 'cookies', 'liveChannels', 'csrf'],
  leastMode: 'standard',
  estimate: () => 8,
  async run(context) {
    const cookies = context.evidence('cookies') ?? (await seenCookies(context));
    if ('because' in cookies)
      return { status: 'missing', because: `which cookies authenticate is not known: ${cookies.because}` };
    const nothing = { cookieAuthentication: cookies.used, sockets: [], trials: [] };
    // What was found before is not looked for again, unless there is something to open.
    const known = context.evidence('liveChannels')?.channels;
    if (!cookies.used || known?.every(({ kind }) => kind !== 'websocket'))
      return { status: 'gathered', data: nothing };
    const endpoints = (await findLiveEndpoints(context)).filter(({ kind }) => kind === 'websocket');
    if (endpoints.length === 0) return { status: 'gathered', data: nothing };
    const workshop = await workshopOf(context);
    const browser = socketInBrowser(context, cookies, id);
    const trials: Trial[] = [];
    try {
      for (const endpoint of endpoints.slice(0, mostSockets))
        trials.push(await trySocket(workshop, endpoint, browser, cookieTravels(cookies) === 'yes'));
      return {
        status: 'gathered',
        data: { cookieAuthentication: true, sockets: endpoints.map(nameOf), trials, browser: browser.seen() },
      };
    } finally {
      await browser.close();
    }
  },
});

async function trySocket(
  workshop: Workshop,
  endpoint: LiveEndpoint,
  browser: SocketBrowser,
  travels: boolean,
): Promise<Trial> {
  const { sessions } = workshop.context;
  const isCandidate = (one: PlantedObject): boolean =>
    one.twin === 'victim' && sessions.current(one.owner).kind === 'cookie';
  const model =
    workshop.objects.find((one) => isCandidate(one) && one.exposure === 'shared') ??
    workshop.objects.find(isCandidate);
  const own = model === undefined ? null : addressFor(workshop, endpoint, model.tenant);
  const exchanges: ExchangeId[] = [];
  const end = (verdict: Trial['verdict'], because: string, more: Partial<Trial> = {}): Trial => ({
    operation: nameOf(endpoint),
    actor: model?.owner ?? 'anonymous',
    verdict,
    because,
    exchanges,
    reproduce: null,
    ...more,
  });
  if (model === undefined)
    return end('inconclusive', 'nobody who is signed in by a cookie could make something');
  if (own === null) return end('inconclusive', 'nothing is known to fill its address with');
  const stranger: Ear = { actor: model.owner, endpoint: own, origin: hostileOrigin };
  const listened = async (): Promise<Trial | PlantedObject> => {
    const round = await listenRound(workshop, [{ actor: model.owner, endpoint: own }, stranger], [model]);
    exchanges.push(...round.exchanges);
    const [object] = round.objects;
    const [heard] = round.others;
    if (!round.owner.open)
      return end('inconclusive', `the visitor's own page cannot open it: ${round.owner.because}`);
    if (object === undefined || !holds(round.owner.text, object))
      return end(
        'inconclusive',
        "nothing of what the visitor made came, not even to the application's own page",
      );
    if (heard === undefined || !heard.open)
      return heard !== undefined && /refused with 4/.test(heard.because)
        ? end('refused', `with another Origin it was ${heard.because}`)
        : end('inconclusive', `the other page could not be told from a failure: ${heard?.because ?? 'none'}`);
    if (!holds(heard.text, object))
      return end('silent', 'with another Origin it was open and brought nothing private');
    return object;
  };
  const first = await listened();
  if ('verdict' in first) return first;
  if (!travels)
    return end(
      'kept-back',
      'any Origin is let in; but the SameSite flag of the cookie keeps it from pages elsewhere',
    );
  const reproduce = liveReproduction(workshop, first, stranger, own);
  const seen = await browser.again(workshop, own, model);
  exchanges.push(...seen.exchanges);
  return end(seen.verdict, seen.because, {
    browser: seen.browser,
    ...(seen.verdict === 'received' ? { reproduce } : {}),
  });
}
