import {
  actor,
  attestation,
  leftover,
  outboundEffects,
  profileIds,
  review,
  runMode,
} from '@launch-ready/core';
import * as z from 'zod';

/** What a saved run needs besides its evidence to be judged again; `run.json` of a run folder. */
export const runFacts = z.object({
  tool: review.unwrap().shape.tool,
  run: review.unwrap().shape.run,
  target: z.object({
    name: z.string(),
    origins: z.record(z.string(), z.string()),
    tenants: z.array(z.string()),
    actors: z.array(actor),
    file: z.string().nullable().describe('target file, for clean-up; null when only a URL was given'),
  }),
  profile: z.enum(profileIds),
  selection: z.object({ only: z.array(z.string()), skip: z.array(z.string()) }),
  mode: runMode,
  latency: z.array(z.object({ operation: z.string(), ms: z.number() })),
  waivers: z.array(z.unknown()),
  attestations: z.array(attestation),
  leftovers: z.array(leftover),
  outbound: outboundEffects.optional(),
});
export type RunFacts = z.infer<typeof runFacts>;
