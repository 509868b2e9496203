import type { EvidenceMap, ExchangeId } from '@launch-ready/core';
import { createCourier } from '../cross-tenant/courier.ts';
import { holds } from '../live/listen-round.ts';
import type { LiveEndpoint } from '../live/live-endpoint.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { ProbeContext } from '../probe.ts';
import { browserHint } from '../transport/browser-wire.ts';
import type { PageVisited, RealBrowser } from '../transport/page-visits.ts';
import { hostileOrigin } from './hostile-request.ts';
import { pageCookies } from './page-cookies.ts';

type Trial = EvidenceMap['socketOrigins']['trials'][number];

/** A browser that is started when the first WebSocket seems to be open to every page. */
export interface SocketBrowser {
  /** Opens the WebSocket from a page of another origin, while its visitor makes objects like this one. */
  again(
    workshop: Workshop,
    endpoint: LiveEndpoint,
    model: PlantedObject,
  ): Promise<
    Required<Pick<Trial, 'verdict' | 'browser'>> & {
      readonly because: string;
      readonly exchanges: readonly ExchangeId[];
    }
  >;
  seen(): EvidenceMap['socketOrigins']['browser'];
  close(): Promise<void>;
}

/** Objects that are made while the page listens; each is another chance for a page that was slow to open. */
const mostObjects = 8;
const pauseMs = 600;

export function socketInBrowser(
  context: ProbeContext,
  cookies: EvidenceMap['cookies'],
  probe: string,
): SocketBrowser {
  let browser: RealBrowser | null | undefined;
  let sent: boolean | null = null;
  const flags = cookies.cookies.filter((cookie) => cookie.authenticates).map((cookie) => cookie.sameSite);
  const always = flags.length > 0 && flags.every((flag) => flag === 'none');

  /** Everything that a page of another origin was sent, and what the visitor made meanwhile. */
  const listened = async (
    opened: RealBrowser,
    workshop: Workshop,
    endpoint: LiveEndpoint,
    { resource, owner: actor, tenant }: PlantedObject,
  ): Promise<{ readonly visited: PageVisited; readonly objects: readonly PlantedObject[] }> => {
    const page = { ended: false };
    const visit = opened
      .visit({
        actor,
        probe,
        purpose: 'a page elsewhere, in a browser, opens this WebSocket',
        origin: hostileOrigin,
        html: listeningPage(endpoint),
        cookies: pageCookies(context, actor, endpoint.url, cookies),
        calls: [{ method: 'GET', url: endpoint.url, effect: { kind: 'none' } }],
        says: true,
      })
      .finally(() => {
        page.ended = true;
      });
    // It is awaited below; until then a failure must not count as unhandled.
    visit.catch(() => undefined);
    const courier = createCourier(context, probe);
    const objects: PlantedObject[] = [];
    const purpose = 'made while a page elsewhere listens';
    for (let tries = 0; tries < mostObjects && !page.ended; tries += 1) {
      await context.clock.sleep(pauseMs);
      const made = await plantObject(workshop, courier, {
        resource,
        actor,
        tenant,
        twin: 'throwaway',
        purpose,
      });
      if (made.kind === 'planted') objects.push(made.object);
    }
    return { visited: await visit, objects };
  };

  return {
    again: async (workshop, endpoint, model) => {
      const nothing = { browser: 'not-opened', exchanges: [] } as const;
      if (browser === undefined) browser = await context.transport.openBrowser();
      if (browser === null)
        // Cookies with SameSite=None travel by their own wish; the others by the habits of each browser.
        return always
          ? {
              ...nothing,
              verdict: 'received',
              because:
                'with another Origin it brought what the visitor had just made, and the cookie travels to every site',
            }
          : {
              ...nothing,
              verdict: 'inconclusive',
              because: `with another Origin it brought what the visitor had just made; whether a browser sends the cookie along was not seen: ${browserHint}`,
            };
      const name = `Chromium ${browser.version.split('.')[0]}`;
      let { visited, objects } = await listened(browser, workshop, endpoint, model);
      // A page that was slow to load says nothing of the application: a fresh one tries once more.
      if (visited.said === null && visited.answers.length === 0)
        ({ visited, objects } = await listened(browser, workshop, endpoint, model));
      const { said, answers } = visited;
      const exchanges = [
        ...answers.map(({ exchange }) => exchange),
        ...objects.flatMap((one) => one.exchanges.slice(0, 1)),
      ];
      if (said !== null && objects.some((object) => holds(said, object))) {
        // What was sent is private, so that the session came along.
        sent = true;
        return {
          browser: 'carried-out',
          verdict: 'received',
          because: `a page of ${hostileOrigin} in ${name} opened it with the visitor's cookie and was sent what the visitor had just made`,
          exchanges,
        };
      }
      return {
        browser: 'kept-back',
        verdict: 'inconclusive',
        because: `with another Origin it brought what the visitor had just made; a page in ${name} got ${said === null ? 'nothing' : 'something else'}`,
        exchanges,
      };
    },
    seen: () =>
      browser ? { version: browser.version, cookiesSent: sent } : browser === null ? null : undefined,
    close: async () => {
      await browser?.close();
    },
  };
}

/** Says what it was sent, once something with a canary came, or that the WebSocket was closed. */
function listeningPage({ url, hello }: LiveEndpoint): string {
  const script = `const socket = new WebSocket(${JSON.stringify(url.replace(/^http/, 'ws'))});
let heard = '';
socket.onopen = () => { for (const one of ${JSON.stringify(hello)}) socket.send(one); };
socket.onmessage = async ({ data }) => {
  heard += typeof data === 'string' ? data : await new Response(data).text();
  if (/lr[a-z0-9]{12}/.test(heard)) globalThis.said = heard;
};
socket.onclose = () => { globalThis.said ??= 'closed ' + heard; };`;
  return `<script>${script.replaceAll('</', '<\\/')}</script>`;
}
