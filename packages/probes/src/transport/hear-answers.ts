import type { HeaderList } from '@launch-ready/core';
import type { CDPSession, Page, Response } from 'playwright-core';
import type { PageAnswer } from './browser-wire.ts';
import { headersOf, hearHandshakes } from './hear-handshakes.ts';

/** The answers that the application gives to a page, as they come. */
export interface HeardAnswers {
  /** Answers so far. */
  count(): number;
  /** Requests that were sent and not yet answered. */
  pending(): number;
  answers(): Promise<readonly PageAnswer[]>;
}

/** What the browser's network tells of one request. */
interface Seen {
  url: string;
  method: string;
  sent: HeaderList;
  status: number | null;
  headers: HeaderList;
}

/**
 * Hears what the application answers to a page, also where the browser keeps the answer from the page, as it does by
 * Cross-Origin-Resource-Policy: by then the request was carried out.
 */
export async function hearAnswers(
  page: Page,
  session: CDPSession,
  origins: readonly string[],
): Promise<HeardAnswers> {
  const listed = new Set(origins.map((origin) => new URL(origin).origin));
  // Browsers ask for the icon of every page that they are led to.
  const isOurs = (url: string): boolean => {
    const { origin, pathname } = new URL(url);
    return listed.has(origin) && pathname !== '/favicon.ico';
  };
  const answers: Promise<PageAnswer | null>[] = [];
  let pending = 0;
  page.on('request', (request) => {
    if (isOurs(request.url())) pending += 1;
  });
  page.on('requestfailed', (request) => {
    if (isOurs(request.url())) pending -= 1;
  });
  page.on('response', (response) => {
    if (!isOurs(response.url())) return;
    pending -= 1;
    answers.push(answerOf(response));
  });
  const tell = (seen: PageAnswer): void => {
    if (isOurs(seen.url)) answers.push(Promise.resolve(seen));
  };
  hearHandshakes(session, tell);
  await hearBlocked(session, tell);
  return {
    count: () => answers.length,
    pending: () => pending,
    answers: async () => (await Promise.all(answers)).filter((one) => one !== null),
  };
}

/** Answers that came and that the browser then kept from the page. */
async function hearBlocked(session: CDPSession, tell: (answer: PageAnswer) => void): Promise<void> {
  const requests = new Map<string, Seen>();
  const of = (id: string): Seen => {
    const known = requests.get(id) ?? { url: '', method: '', sent: [], status: null, headers: [] };
    requests.set(id, known);
    return known;
  };
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    const seen = of(requestId);
    seen.url = request.url;
    seen.method = request.method;
  });
  session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    of(requestId).sent = headersOf(headers);
  });
  session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode, headers }) => {
    const seen = of(requestId);
    seen.status = statusCode;
    seen.headers = headersOf(headers);
  });
  session.on('Network.loadingFailed', ({ requestId, blockedReason }) => {
    const { status, ...seen } = of(requestId);
    if (blockedReason === undefined || status === null || seen.url === '') return;
    tell({ ...seen, status, bytes: new Uint8Array() });
  });
  await session.send('Network.enable');
}

async function answerOf(response: Response): Promise<PageAnswer | null> {
  try {
    const request = response.request();
    const [sent, headers, bytes] = await Promise.all([
      request.headersArray(),
      response.headersArray(),
      response.body().catch(() => Buffer.alloc(0)),
    ]);
    const list = (from: typeof sent): HeaderList =>
      from.map(({ name, value }) => [name.toLowerCase(), value]);
    return {
      url: response.url(),
      method: request.method(),
      sent: list(sent),
      status: response.status(),
      headers: list(headers),
      bytes: new Uint8Array(bytes),
    };
  } catch {
    // The page went away before its answer was whole.
    return null;
  }
}
