import type { EvidenceKind, EvidenceMap, RunMode } from '@launch-ready/core';
import { plant } from '../plant/plant.ts';
import { createLeakIndex } from '../leaks/leak-index.ts';
import { discoverOperations } from '../discover/discover-operations.ts';
import type { Clock } from '../clock.ts';
import type { Probe, ProbeContext, ProbeResult } from '../probe.ts';
import { seededRandom } from '../seeded-random.ts';
import { connectSessions } from '../session/connect-sessions.ts';
import { systemClock } from '../system-clock.ts';
import type { Target, TargetActor } from '../target/target.ts';
import { startCommunity, type Community, type CommunityTraits } from './community-server.ts';
import { loopbackTarget } from './loopback-target.ts';
import { testTransport } from './test-transport.ts';

/** A review of the small community, logged in and with planted objects, for tests of probes. */
export interface CommunityRun {
  readonly app: Community;
  readonly context: ProbeContext;
  /** Runs a probe and keeps its evidence for the next ones. */
  run<K extends EvidenceKind>(probe: Probe<K>): Promise<ProbeResult<K>>;
  /** Runs a probe that must gather. */
  gather<K extends EvidenceKind>(probe: Probe<K>): Promise<EvidenceMap[K]>;
  stop(): Promise<void>;
}

const actor = (tenant: string, role: string, username: string): TargetActor => ({
  id: `${tenant}.${role}`,
  tenant,
  role,
  login: { kind: 'password', username, password: `Secret-${username}` },
});

export async function reviewCommunity(
  traits: CommunityTraits = {},
  more: { readonly target?: Partial<Target>; readonly mode?: RunMode; readonly planted?: boolean } = {},
): Promise<CommunityRun> {
  const app = await startCommunity(traits);
  const target = loopbackTarget(app.origin, {
    actors: [
      actor('north', 'admin', 'ada@north.test'),
      actor('north', 'member', 'bo@north.test'),
      actor('south', 'admin', 'cy@south.test'),
      actor('south', 'member', 'di@south.test'),
    ],
    throwaways: {
      north: actor('north', 'throwaway', 'thea@north.test'),
      south: actor('south', 'throwaway', 'theo@south.test'),
    },
    tenantIds: { north: { org: 'north' }, south: { org: 'south' } },
    limits: { requestsPerSecond: 5000, maxRequests: 5000, concurrency: 8 },
    ...more.target,
  });
  const clock: Clock = { ...systemClock, sleep: async (milliseconds) => app.advance(milliseconds) };
  const { transport, ledger } = testTransport(target, { mode: more.mode ?? 'full' });
  const { operations } = await discoverOperations({ target, transport });
  const { sessions } = await connectSessions({ target, transport, operations, clock });
  const leaks = createLeakIndex({
    transport,
    ledger,
    tenantOf: (id) => target.actors.find((one) => one.id === id)?.tenant ?? null,
  });
  const gathered: { [K in EvidenceKind]?: EvidenceMap[K] } = {};
  const context: ProbeContext = {
    target,
    mode: more.mode ?? 'full',
    transport,
    sessions,
    operations,
    ledger,
    leaks,
    inbox: null,
    clock,
    random: seededRandom(7),
    evidence: (kind) => gathered[kind] ?? null,
    progress: () => {},
  };
  const run = async <K extends EvidenceKind>(probe: Probe<K>): Promise<ProbeResult<K>> => {
    const result = await probe.run(context);
    if (result.status === 'gathered') Object.assign(gathered, { [probe.provides]: result.data });
    return result;
  };
  if (more.planted !== false) await run(plant);
  return {
    app,
    context,
    run,
    gather: async (probe) => {
      const result = await run(probe);
      if (result.status === 'missing') throw new Error(result.because);
      return result.data;
    },
    stop: async () => {
      await transport.close();
      await app.stop();
    },
  };
}
