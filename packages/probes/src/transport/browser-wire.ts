import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HeaderList } from '@launch-ready/core';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { hearAnswers } from './hear-answers.ts';

/** A cookie as the application set it. */
export interface PageCookie {
  readonly name: string;
  readonly value: string;
  /** Address that it belongs to. */
  readonly url: string;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  /** `absent` leaves it to the browser. */
  readonly sameSite: 'strict' | 'lax' | 'none' | 'absent';
}

/** An answer that the application gave to a page. */
export interface PageAnswer {
  readonly url: string;
  readonly method: string;
  /** What the browser really sent, its cookies among it. */
  readonly sent: HeaderList;
  readonly status: number;
  readonly headers: HeaderList;
  readonly bytes: Uint8Array;
}

/** A browser in which each page finds its own cookies and no others. */
export interface BrowserWire {
  readonly version: string;
  /**
   * Opens a page that lives at `origin` alone, and waits until it has said something in `globalThis.said` and `calls` answers of the
   * application came, or until the time is over.
   */
  open(page: {
    readonly origin: string;
    readonly html: string;
    readonly cookies: readonly PageCookie[];
    readonly calls: number;
    readonly says: boolean;
    readonly timeoutMs: number;
  }): Promise<{ readonly said: string | null; readonly answers: readonly PageAnswer[] }>;
  close(): Promise<void>;
}

/** How many times the given time a request that was sent may take. */
const longestPatience = 3;

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What to do when there is no browser. */
export const browserHint = 'no Chromium was found; install one with `npx playwright-core install chromium`';

/**
 * Starts Chromium so that it reaches the hosts of these origins and nothing else, and asks nothing of its own. Null when there is none.
 * It dies with this process: it is held by a pipe.
 */
export async function startBrowser(origins: readonly string[]): Promise<BrowserWire | null> {
  const { chromium } = await import('playwright-core');
  const own = chromium.executablePath();
  const executablePath = [own, ...places].find((place) => place !== '' && existsSync(place));
  if (executablePath === undefined) return null;
  const hosts = [...new Set(origins.map((origin) => new URL(origin).hostname.replace(/^\[|\]$/g, '')))];
  const isRoot = process.getuid?.() === 0;
  const profile = await newProfile();
  const context = await chromium
    .launchPersistentContext(profile, {
      ignoreHTTPSErrors: true,
      serviceWorkers: 'block',
      executablePath,
      headless: true,
      // Stopping is the run's business, which closes the browser itself.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        `--host-resolver-rules=${['MAP * ~NOTFOUND', ...hosts.map((host) => `EXCLUDE ${host}`)].join(', ')}`,
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-domain-reliability',
        '--disable-sync',
        '--no-first-run',
        '--no-pings',
        '--disable-quic',
        // A reviewed application on loopback stands for one that is reached from outside.
        '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights,HttpsUpgrades,OptimizationHints,MediaRouter',
      ],
    })
    .catch(() => null);
  if (context === null) {
    await remove(profile);
    return null;
  }
  return {
    version: context.browser()?.version() ?? '',
    open: (page) => openPage(context, origins, page),
    close: async () => {
      await context.close().catch(() => undefined);
      await remove(profile);
    },
  };
}

/**
 * A profile that lets cookies of other sites travel as their SameSite flag says. Some builds keep all of them back, which
 * the browsers of most visitors do not.
 */
async function newProfile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'launch-ready-browser-'));
  await mkdir(join(folder, 'Default'));
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  return folder;
}

const remove = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);

async function openPage(
  context: BrowserContext,
  origins: readonly string[],
  given: Parameters<BrowserWire['open']>[0],
): ReturnType<BrowserWire['open']> {
  await context.clearCookies();
  await context.addCookies(given.cookies.map(asBrowserCookie));
  const page = await context.newPage();
  try {
    const session = await context.newCDPSession(page);
    await serve(session, given.origin, given.html);
    const heard = await hearAnswers(page, session, origins);
    await page.goto(`${given.origin}/`, { waitUntil: 'commit', timeout: given.timeoutMs });
    const start = Date.now();
    let said: string | null = null;
    // What is on its way is waited for longer than what was never sent.
    const isLate = (): boolean =>
      Date.now() - start >= (heard.pending() > 0 ? longestPatience : 1) * given.timeoutMs;
    while (!isLate()) {
      if (given.says) said ??= await whatItSays(page);
      if (heard.count() >= given.calls && (!given.says || said !== null)) break;
      await page.waitForTimeout(25);
    }
    return { said, answers: await heard.answers() };
  } finally {
    await page.close().catch(() => undefined);
  }
}

/** Answers the page's own address by itself; everything else goes to the network as the browser wants it. */
async function serve(session: CDPSession, origin: string, html: string): Promise<void> {
  session.on('Fetch.requestPaused', ({ requestId }) => {
    void session
      .send('Fetch.fulfillRequest', {
        requestId,
        responseCode: 200,
        responseHeaders: [{ name: 'content-type', value: 'text/html; charset=utf-8' }],
        body: Buffer.from(html).toString('base64'),
      })
      .catch(() => undefined);
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: `${origin}/*`, requestStage: 'Request' }] });
}

async function whatItSays(page: Page): Promise<string | null> {
  const said: unknown = await page.evaluate('globalThis.said ?? null').catch(() => null);
  return typeof said === 'string' ? said : null;
}

function asBrowserCookie({ name, value, url, httpOnly, secure, sameSite }: PageCookie) {
  const { hostname } = new URL(url);
  const written = { strict: 'Strict', lax: 'Lax', none: 'None' } as const;
  return {
    name,
    value,
    domain: hostname,
    path: '/',
    httpOnly,
    secure,
    ...(sameSite === 'absent' ? {} : { sameSite: written[sameSite] }),
  };
}
