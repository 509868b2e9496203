import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { testTransport } from '../testing/test-transport.ts';
import type { PageCookie } from './browser-wire.ts';
import { GuardRefusal, Stopped } from './transport-errors.ts';
import type { PageVisit } from './page-visits.ts';

let server: LoopbackServer;
afterEach(() => server.stop());
const isThere = existsSync('/usr/bin/chromium');

const start = async (signal?: AbortSignal): Promise<ReturnType<typeof testTransport>> => {
  server = await startLoopbackServer((request, response) => {
    const { origin = '', cookie = '' } = request.headers;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.end(cookie.includes('sid=mine') ? 'a secret' : 'nothing');
  });
  return testTransport(loopbackTarget(server.origin), signal ? { signal } : {});
};
const reading = (sameSite: PageCookie['sameSite']): PageVisit => ({
  actor: 'north.member',
  probe: 'test',
  purpose: 'read across origins',
  origin: 'https://stranger.test',
  html: `<script>fetch('${server.origin}/me', { credentials: 'include' }).then((one) => one.text()).then((text) => { globalThis.said = text; }, String)</script>`,
  cookies: [{ name: 'sid', value: 'mine', url: server.origin, httpOnly: true, secure: true, sameSite }],
  calls: [{ method: 'GET', url: `${server.origin}/me`, effect: { kind: 'none' } }],
  says: true,
});
/** Browsers that this very process has started; those of other tests and reviews are theirs. */
const browsersLeft = (): string =>
  execFileSync('ps', ['--ppid', String(process.pid), '-o', 'args='])
    .toString()
    .split('\n')
    .filter((line) => line.includes('launch-ready-browser-'))
    .join('\n');

test.runIf(isThere)(
  'a page of another origin gets what SameSite lets through, and the browser is gone afterwards',
  async () => {
    const { transport, exchanges } = await start();
    const browser = await transport.openBrowser();
    expect(await browser?.visit(reading('none'))).toMatchObject({
      said: 'a secret',
      answers: [{ withCookies: true }],
    });
    expect(await browser?.visit(reading('lax'))).toMatchObject({
      said: 'nothing',
      answers: [{ withCookies: false }],
    });
    expect(exchanges.map((one) => one.response?.body.text)).toEqual(['a secret', 'nothing']);
    expect(transport.requests.sent).toBe(2);
    await transport.close();
    expect(browsersLeft()).toBe('');
  },
  90_000,
);

test.runIf(isThere)(
  'a page may call nothing that the guard would not let through',
  async () => {
    const { transport } = await start();
    const browser = await transport.openBrowser();
    const call = { method: 'DELETE', url: `${server.origin}/posts/1`, effect: { kind: 'none' } } as const;
    await expect(browser?.visit({ ...reading('none'), calls: [call] })).rejects.toBeInstanceOf(GuardRefusal);
    await transport.close();
  },
  90_000,
);

test.runIf(isThere)(
  'a stopped run ends the browser in the middle of a page',
  async () => {
    const stop = new AbortController();
    const { transport } = await start(stop.signal);
    const browser = await transport.openBrowser();
    const silent = { ...reading('none'), html: '<p>nothing happens here</p>' };
    const visit = browser?.visit(silent);
    stop.abort();
    await expect(visit).rejects.toBeInstanceOf(Stopped);
    await transport.close();
    expect(browsersLeft()).toBe('');
  },
  90_000,
);

test.runIf(isThere)(
  'a WebSocket that a page elsewhere opens is answered like any call of it',
  async () => {
    await start();
    const doors = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise<void>((resolve) => doors.once('listening', resolve));
    doors.on('connection', (client) => client.send('hello'));
    const address = doors.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const origin = `http://127.0.0.1:${address.port}`;
    const { transport } = testTransport(loopbackTarget(origin));
    const browser = await transport.openBrowser();
    const url = `${origin}/live`;
    const visited = await browser?.visit({
      ...reading('none'),
      html: `<script>new WebSocket('${url.replace('http', 'ws')}').onmessage = ({ data }) => { globalThis.said = data; }</script>`,
      calls: [{ method: 'GET', url, effect: { kind: 'none' } }],
    });
    expect(visited).toMatchObject({ said: 'hello', answers: [{ status: 101 }] });
    doors.close();
    await transport.close();
  },
  90_000,
);
