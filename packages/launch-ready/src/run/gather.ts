import type { RunMode } from '@launch-ready/core';
import { ShareSpent, type Probe, type ProbeContext } from '@launch-ready/probes';
import type { EvidenceLog } from './evidence-log.ts';
import { shareOf } from './share-of.ts';

/** Why gathering ended before every probe had run. */
export interface Interruption {
  readonly kind: 'stopped' | 'target-lost' | 'target-strained' | 'budget-spent';
  readonly because: string;
}

export interface GatherOptions {
  readonly probes: readonly Probe[];
  readonly context: ProbeContext;
  readonly log: EvidenceLog;
  /** Called after each probe: checks that every actor is still signed in. */
  readonly beat: (probe: string) => Promise<void>;
  readonly interruptionOf: (error: unknown) => Interruption | null;
  readonly step: (probe: Probe) => void;
}

const modes: readonly RunMode[] = ['observe', 'standard', 'full'];

/**
 * Runs the probes in order and records what each saw. A probe that fails leaves its evidence missing, with the reason;
 * so do all that come after the run was stopped, the target was lost or the budget was spent.
 */
export async function gather(options: GatherOptions): Promise<Interruption | null> {
  let interruption: Interruption | null = null;
  const { transport } = options.context;
  const mayRun = ({ leastMode }: Probe): boolean =>
    modes.indexOf(options.context.mode) >= modes.indexOf(leastMode);
  for (const [index, probe] of options.probes.entries()) {
    if (interruption !== null) {
      options.log.miss(probe.provides, `not gathered: ${interruption.because}`);
      continue;
    }
    if (!mayRun(probe)) {
      options.log.miss(
        probe.provides,
        `not gathered in ${options.context.mode} mode: run with --mode ${probe.leastMode}`,
      );
      continue;
    }
    options.step(probe);
    const expected = options.probes
      .slice(index)
      .map((one) => (mayRun(one) ? one.estimate(options.context) : 0));
    transport.limitNext(shareOf(transport.requests.budget - transport.requests.sent, expected));
    try {
      const result = await probe.run(options.context);
      if (result.status === 'missing') options.log.miss(probe.provides, result.because);
      else options.log.keep(probe.provides, result.data);
    } catch (error) {
      interruption = error instanceof ShareSpent ? null : options.interruptionOf(error);
      const because =
        interruption?.because ??
        (error instanceof ShareSpent ? error.message : `the probe ${probe.id} failed: ${oneLine(error)}`);
      options.log.miss(probe.provides, because);
    }
    transport.limitNext(null);
    interruption ??= await beat(options, probe.id);
  }
  return interruption;
}

async function beat(options: GatherOptions, probe: string): Promise<Interruption | null> {
  try {
    await options.beat(probe);
    return null;
  } catch (error) {
    const interruption = options.interruptionOf(error);
    if (interruption === null) throw error;
    return interruption;
  }
}

const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1).join('');
