import type { EvidenceKind, EvidenceMap } from '@launch-ready/core';
import { discoverOperations } from '../../discover/discover-operations.ts';
import type { Probe, ProbeContext } from '../../probe.ts';
import { seededRandom } from '../../seeded-random.ts';
import { connectSessions } from '../../session/connect-sessions.ts';
import type { Target, TargetActor } from '../../target/target.ts';
import { loopbackTarget } from '../../testing/loopback-target.ts';
import { testTransport } from '../../testing/test-transport.ts';
import { createLeakIndex } from '../../leaks/leak-index.ts';
import type { Family } from './families.ts';
import { startLeakyServer, type LeakyServer, type NestedFaults } from './leaky-server.ts';

export interface LeakyReview {
  readonly app: LeakyServer;
  readonly context: ProbeContext;
  gather<K extends EvidenceKind>(probe: Probe<K>): Promise<EvidenceMap[K]>;
  stop(): Promise<void>;
}

const actor = (tenant: string, role: string): TargetActor => ({
  id: `${tenant}.${role}`,
  tenant,
  role,
  login: { kind: 'password', username: `${role}@${tenant}.test`, password: `Secret-${role}@${tenant}.test` },
});

/** The leaky application, logged in by the real sessions over the real transport, for tests of the access probes. */
export async function reviewLeaky(
  families: readonly Family[],
  nested: NestedFaults = {},
  more: Partial<Target> = {},
): Promise<LeakyReview> {
  const app = await startLeakyServer(families, nested);
  const target = loopbackTarget(app.origin, {
    actors: [
      actor('north', 'admin'),
      actor('north', 'member'),
      actor('south', 'admin'),
      actor('south', 'member'),
    ],
    throwaways: { north: actor('north', 'throwaway'), south: actor('south', 'throwaway') },
    limits: { requestsPerSecond: 10_000, maxRequests: 10_000, concurrency: 8 },
    hooks: { expireSession: async ({ headers }) => app.expire(headers) },
    ...more,
  });
  const { transport, ledger, clock } = testTransport(target, { mode: 'full' });
  const { operations } = await discoverOperations({ target, transport });
  const { sessions } = await connectSessions({ target, transport, operations, clock });
  const tenantOf = (id: string): string | null => target.actors.find((one) => one.id === id)?.tenant ?? null;
  const leaks = createLeakIndex({ transport, ledger, tenantOf });
  const gathered: { [K in EvidenceKind]?: EvidenceMap[K] } = {};
  const context: ProbeContext = {
    target,
    mode: 'full',
    transport,
    sessions,
    operations,
    ledger,
    leaks,
    inbox: null,
    clock,
    random: seededRandom(11),
    evidence: (kind) => gathered[kind] ?? null,
    progress: () => {},
  };
  return {
    app,
    context,
    gather: async (probe) => {
      const result = await probe.run(context);
      if (result.status === 'missing') throw new Error(result.because);
      Object.assign(gathered, { [probe.provides]: result.data });
      return result.data;
    },
    stop: async () => {
      await transport.close();
      await app.stop();
    },
  };
}
