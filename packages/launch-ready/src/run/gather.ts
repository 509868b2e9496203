import type { RunMode } from '@launch-ready/core';
import type { Probe, ProbeContext } from '@launch-ready/probes';
import type { EvidenceLog } from './evidence-log.ts';

/** Why gathering ended before every probe had run. */
export interface Interruption {
  readonly kind: 'stopped' | 'target-lost' | 'budget-spent';
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
  for (const probe of options.probes) {
    if (interruption !== null) {
      options.log.miss(probe.provides, `not gathered: ${interruption.because}`);
      continue;
    }
    if (modes.indexOf(options.context.mode) < modes.indexOf(probe.leastMode)) {
      options.log.miss(
        probe.provides,
        `not gathered in ${options.context.mode} mode: run with --mode ${probe.leastMode}`,
      );
      continue;
    }
    options.step(probe);
    try {
      const result = await probe.run(options.context);
      if (result.status === 'missing') options.log.miss(probe.provides, result.because);
      else options.log.keep(probe.provides, result.data);
    } catch (error) {
      interruption = options.interruptionOf(error);
      const because = interruption?.because ?? `the probe ${probe.id} failed: ${oneLine(error)}`;
      options.log.miss(probe.provides, because);
    }
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
