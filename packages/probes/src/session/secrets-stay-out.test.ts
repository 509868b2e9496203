import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRedactor } from '@launch-ready/core';
import { afterEach, expect, test } from 'vitest';
import { createLedger } from '../ledger/create-ledger.ts';
import { openJournal } from '../ledger/journal.ts';
import { systemClock } from '../system-clock.ts';
import { startLoopbackServer, type LoopbackServer } from '../testing/loopback-server.ts';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { createTransport } from '../transport/http-transport.ts';
import { openTranscript } from '../transport/transcript.ts';
import { connectSessions } from './connect-sessions.ts';

const password = 'Correct horse & battery "staple"';
const secrets = {
  cookie: 'c00kie-Value+of/the=session',
  token: 'opaque0token0of0the0account',
  refresh: 'opaque0refresh0value0here',
};
let server: LoopbackServer;
const folder = mkdtempSync(join(tmpdir(), 'launch-ready-run-'));
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('no password, token or cookie of a login stands in any file of the run folder, in any usual form', async () => {
  server = await startLoopbackServer((request, response) => {
    const known = (request.headers.cookie ?? '').includes(encodeURIComponent(secrets.cookie));
    if (request.url === '/api/login' && request.method === 'POST') {
      response.writeHead(200, {
        'set-cookie': `sid=${encodeURIComponent(secrets.cookie)}; HttpOnly`,
        'x-debug': secrets.token,
      });
      return response.end(
        JSON.stringify({
          weird: { bearer: secrets.token, refreshToken: secrets.refresh },
          echo: JSON.parse(request.body),
        }),
      );
    }
    if (request.url?.startsWith('/api/me')) {
      const shown = `you sent ${request.headers.cookie} and ${secrets.token}, base64 ${Buffer.from(secrets.refresh).toString('base64')}`;
      return response
        .writeHead(known ? 200 : 401, { location: `/next?session=${secrets.token}` })
        .end(known ? shown : '');
    }
    return response.writeHead(404).end();
  });
  const target = loopbackTarget(server.origin, {
    actors: [
      {
        id: 'north.admin',
        tenant: 'north',
        role: 'admin',
        login: { kind: 'password', username: 'ada@north.test', password },
      },
    ],
  });
  const ledger = createLedger({ journal: openJournal(join(folder, 'journal.jsonl')) });
  const transport = createTransport({
    target,
    ledger,
    mode: 'standard',
    clock: systemClock,
    redactor: createRedactor({ key: 'key of the test' }),
    transcript: openTranscript(folder),
    runId: 'r1',
    version: '0',
  });
  const { sessions, heartbeat } = await connectSessions({
    target,
    transport,
    operations: [],
    clock: systemClock,
  });
  const url = `${server.origin}/api/me?next=${encodeURIComponent(secrets.token)}`;
  const answer = await sessions.send('north.admin', {
    probe: 'p',
    purpose: `uses ${password}`,
    method: 'GET',
    url,
    effect: { kind: 'none' },
  });
  expect(answer.kind === 'answer' && answer.text).toContain(secrets.token);
  await heartbeat('p');
  await transport.close();

  const written = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  expect(written.split('\n').length).toBeGreaterThan(4);
  for (const secret of [password, ...Object.values(secrets)]) {
    const forms = [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      new URLSearchParams({ a: secret }).toString().slice(2),
      Buffer.from(secret).toString('base64'),
    ];
    for (const form of forms) expect(written).not.toContain(form);
  }
});
