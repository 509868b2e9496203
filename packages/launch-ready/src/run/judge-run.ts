import { checks as allChecks, profiles } from '@launch-ready/checks';
import { judgeReview, type Profile, type ProfileId, type Review } from '@launch-ready/core';
import { UserError } from '../user-error.ts';
import { readEvidence, readExchangeIds, type RunFolder } from './run-folder.ts';
import type { RunFacts } from './run-facts.ts';
import { selectChecks } from './select-checks.ts';
import { reviewProbes } from './review-probes.ts';

/** @throws {UserError} when there is no such profile */
export function profileOf(id: ProfileId): Profile {
  const profile = profiles.find((candidate) => candidate.id === id);
  if (profile === undefined)
    throw new UserError(`there is no profile ${id}: \`launch-ready profiles\` lists them`);
  return profile;
}

/**
 * Judges the evidence in a run folder. What is on disk is all that counts, so a fresh run and a saved one are judged alike.
 * @param today ISO date by which waivers and answers are judged
 */
export function judgeRun(
  folder: RunFolder,
  facts: RunFacts,
  options: { readonly profile: ProfileId; readonly today: string; readonly baseline: Review | null },
): Review {
  const profile = profileOf(options.profile);
  const { name, origins, tenants, actors } = facts.target;
  return judgeReview({
    profile,
    checks: selectChecks({ profile, checks: allChecks, probes: reviewProbes }, facts.selection),
    records: readEvidence(folder),
    exchanges: readExchangeIds(folder),
    run: facts.run,
    target: { name, origins, tenants, actors },
    tool: facts.tool,
    latency: facts.latency,
    waivers: facts.waivers,
    attestations: facts.attestations,
    today: options.today,
    baseline: options.baseline,
    leftovers: facts.leftovers,
    ...(facts.outbound === undefined ? {} : { outbound: facts.outbound }),
  });
}
