import type { Leftover, OutboundEffects } from '@launch-ready/core';
import { toolVersion } from '../version.ts';
import type { RunFacts } from './run-facts.ts';
import type { ReviewRun } from './run-review.ts';

/** What is known of a run at a moment of it, beside the evidence. */
export interface RunMoment {
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly requests: number;
  /** Why the run ended early, or would count as ended if it were killed now; null at its proper end. */
  readonly interrupted: string | null;
  readonly latency: RunFacts['latency'];
  readonly leftovers: readonly Leftover[];
  readonly outbound: OutboundEffects;
}

/** The facts of a run, for `run.json`. */
export function factsOf(run: ReviewRun, moment: RunMoment): RunFacts {
  const { target } = run;
  return {
    tool: { name: 'launch-ready', version: toolVersion, node: process.version },
    run: {
      id: run.runId,
      startedAt: moment.startedAt.toISOString(),
      durationMs: Math.round(moment.durationMs),
      mode: run.mode,
      requests: moment.requests,
      interrupted: moment.interrupted,
    },
    target: {
      name: target.name,
      origins: { ...target.origins },
      tenants: [...target.tenants],
      actors: target.actors.map(({ id, tenant, role }) => ({ id, tenant, role })),
      file: run.targetFile,
    },
    profile: run.profile,
    selection: { only: [...run.selection.only], skip: [...run.selection.skip] },
    mode: run.mode,
    latency: moment.latency,
    waivers: [...target.waivers],
    attestations: [...target.attestations],
    leftovers: [...moment.leftovers],
    outbound: moment.outbound,
  };
}
