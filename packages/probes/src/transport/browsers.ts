import { startBrowser } from './browser-wire.ts';
import type { Desk } from './desk.ts';
import { isAnswerTo, resultOf, type PageVisit, type PageVisited, type RealBrowser } from './page-visits.ts';
import type { OutgoingRequest } from './transport.ts';

const pageTimeoutMs = 15_000;

/** Real browsers of a run; none outlives it. */
export interface Browsers {
  /** Null where there is no Chromium. */
  open(): Promise<RealBrowser | null>;
  close(): Promise<void>;
}

/** Real browsers whose requests pass the desk of a transport. */
export function createBrowsers(
  desk: Desk,
  { origins, signal }: { readonly origins: readonly string[]; readonly signal: AbortSignal | null },
): Browsers {
  const browsers = new Set<() => Promise<void>>();
  const open = async (): Promise<RealBrowser | null> => {
    desk.stopIfAsked();
    const wire = await startBrowser(origins);
    if (wire === null) return null;
    let closing: Promise<void> | null = null;
    // A stop and the end of the run both close it: whoever comes second waits for the same end.
    const close = (): Promise<void> => (closing ??= wire.close().finally(() => browsers.delete(close)));
    browsers.add(close);
    // A stop must not wait until a page has run into its time-out.
    signal?.addEventListener('abort', () => void close(), { once: true });
    const visit = async ({ calls, actor, probe, purpose, ...page }: PageVisit): Promise<PageVisited> => {
      const requests = calls.map((call): OutgoingRequest => ({ ...call, actor, probe, purpose }));
      await desk.admit(requests);
      const prepared = requests.map((request) => desk.prepare(request));
      const started = desk.clock.monotonic();
      const seen = await wire
        .open({ ...page, calls: calls.length, timeoutMs: pageTimeoutMs })
        .catch(() => ({ said: null, answers: [] }));
      desk.stopIfAsked();
      const totalMs = desk.clock.monotonic() - started;
      const answers = prepared.flatMap((one) => {
        const answer = seen.answers.find((came) => isAnswerTo(one.request, came));
        const sentHeaders = answer?.sent ?? [];
        const result = resultOf(answer, totalMs);
        desk.record({ ...one, headers: sentHeaders, body: one.outgoing.body, result });
        if (answer === undefined) return [];
        const withCookies = sentHeaders.some(([name]) => name === 'cookie');
        return [{ exchange: one.exchange, status: answer.status, withCookies }];
      });
      return { said: seen.said, answers };
    };
    return { version: wire.version, visit, close };
  };

  return {
    open,
    close: async () => {
      for (const end of browsers) await end();
    },
  };
}
