import { mkdtempSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import type { Clock } from '../../clock.ts';
import { systemClock } from '../../system-clock.ts';
import { resolveTarget } from '../../target/resolve-target.ts';
import type { ActorInput } from '../../target/actor-input.ts';
import { startLoopbackServer, type LoopbackServer } from '../../testing/loopback-server.ts';
import { testTransport, type TestTransport } from '../../testing/test-transport.ts';
import { connectSessions, type Connected } from '../connect-sessions.ts';

export type Received = IncomingMessage & { readonly body: string };
export type Handle = (request: Received, response: ServerResponse) => void;

let running: LoopbackServer | null = null;

/** What one test has started. */
export const bench = {
  /** @throws when no application was started */
  get server(): LoopbackServer {
    if (running === null) throw new Error('no application was started');
    return running;
  },
  opened: null as TestTransport | null,
  /** By how much the clock is ahead, in milliseconds. */
  offsetMs: 0,
  secrets: [] as string[],
};
export const now = (): number => Date.now() + bench.offsetMs;
const clock: Clock = {
  ...systemClock,
  now: () => new Date(now()),
  sleep: async (milliseconds) => {
    bench.offsetMs += milliseconds;
  },
};
beforeEach(() => {
  bench.offsetMs = 0;
  bench.secrets.length = 0;
});
afterEach(async () => {
  await bench.opened?.transport.close();
  await running?.stop();
});

const folder = mkdtempSync(join(tmpdir(), 'logins-'));
export const save = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
export const env0 = {
  ADA: 'Ada-password-1',
  CY: 'Cy-password-1',
  CLIENT: 'client secret/1',
  TOTP: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
};
export const passwords: Readonly<Record<string, string>> = {
  'ada@north.test': env0.ADA,
  'cy@south.test': env0.CY,
};

export async function connect(
  handle: Handle,
  actors: (origin: string) => readonly [ActorInput, ActorInput],
): Promise<Connected> {
  running = await startLoopbackServer(handle);
  const { origin } = running;
  const [north, south] = actors(origin);
  const target = resolveTarget(
    {
      name: 'Kinds',
      origins: { app: origin },
      tenants: { north: { admin: north }, south: { admin: south } },
    },
    { env: env0, folder, file: 'launch-ready.config.ts' },
  );
  bench.opened = testTransport(target, {
    redactor: {
      addSecret: (value) => void bench.secrets.push(value),
      text: (text) => text,
      headers: (list) => list,
    },
  });
  return connectSessions({ target, transport: bench.opened.transport, operations: [], clock });
}

export const reply = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void =>
  void response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(value));
export const json = (request: Received): Record<string, string> => {
  try {
    return JSON.parse(request.body || '{}') as Record<string, string>;
  } catch {
    return {};
  }
};
export const form = (request: Received): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(request.body));
export const bearerOf = (request: Received): string =>
  (request.headers.authorization ?? '').replace('Bearer ', '');
export const get = (connected: Connected, actor: string, path: string) =>
  connected.sessions.send(actor, {
    probe: 't',
    purpose: 't',
    method: 'GET',
    url: `${bench.server.origin}${path}`,
    effect: { kind: 'none' },
  });
export const posts = (): readonly string[] => bench.server.seen.filter((line) => line.startsWith('POST'));

/** Access tokens that live for a while by the test's clock. */
export function issuer(lifetimeSeconds: number) {
  const live = new Map<string, { readonly user: string; readonly until: number }>();
  const refresh = new Map<string, string>();
  return {
    live,
    refresh,
    give: (
      user: string,
    ): { access_token: string; refresh_token: string; expires_in: number; token_type: string } => {
      const access = `at-${randomUUID()}`;
      const renewal = `rt-${randomUUID()}`;
      live.set(access, { user, until: now() + lifetimeSeconds * 1000 });
      refresh.set(renewal, user);
      return {
        access_token: access,
        refresh_token: renewal,
        expires_in: lifetimeSeconds,
        token_type: 'Bearer',
      };
    },
    userOf: (request: Received): string | null => {
      const found = live.get(bearerOf(request));
      return found && found.until > now() ? found.user : null;
    },
  };
}
export const me = (request: Received, response: ServerResponse, user: string | null): boolean => {
  if (request.url !== '/api/me' && request.url !== '/api/notes') return false;
  reply(response, user === null ? 401 : 200, user === null ? {} : { id: user, email: user });
  return true;
};
