import * as z from 'zod';
import type { EvidenceRecord } from '../evidence/evidence-map.ts';
import type { Attestation } from '../model/attestation.ts';
import type { AnyCheck } from '../model/check.ts';
import type { ExchangeId } from '../model/ids.ts';
import type { Profile } from '../model/profile.ts';
import { algorithmVersion, review, schemaVersion, type Leftover, type Review } from '../model/review.ts';
import { compareSeverity } from '../model/severity.ts';
import { changesSince } from './changes-since.ts';
import { coverageOfActors } from './coverage-of-actors.ts';
import { coverageOfOperations } from './coverage-of-operations.ts';
import { fixPlan } from './fix-plan.ts';
import { judgeAcceptance } from './judge-acceptance.ts';
import { judgeChecks, linesOf } from './judge-checks.ts';
import { judgeLines } from './judge-lines.ts';
import { judgeVerdict } from './judge-verdict.ts';
import { judgeWaivers } from './judge-waivers.ts';
import { latencyOfOperations, type LatencySample } from './latency-of-operations.ts';
import { notTested } from './not-tested.ts';
import type { OutboundEffects } from '../model/outbound-effects.ts';
import { permissionsOf } from './permissions-of.ts';
import { profileOptions } from './profile-options.ts';
import { redFlags } from './red-flags.ts';
import { runChecks } from './run-checks.ts';
import { score } from './score.ts';
import { toFindings } from './to-findings.ts';
import { todayList } from './today-list.ts';

/** Everything a review is judged from. */
export interface JudgeInput {
  readonly profile: Profile;
  /** The checks to run; a check that a line names and that is not among them leaves the line unknown. */
  readonly checks: readonly AnyCheck[];
  readonly records: readonly EvidenceRecord[];
  /** Ids of every exchange in the transcript, so that a citation can be believed. */
  readonly exchanges: ReadonlySet<ExchangeId>;
  readonly run: Review['run'];
  readonly target: Review['target'];
  readonly tool: Review['tool'];
  readonly latency: readonly LatencySample[];
  /** As read from the waiver file: one that does not parse is reported as expired. */
  readonly waivers: readonly unknown[];
  readonly attestations: readonly Attestation[];
  /** ISO date by which waivers and answers are judged. */
  readonly today: string;
  readonly baseline: Review | null;
  readonly leftovers: readonly Leftover[];
  readonly outbound?: OutboundEffects;
}

/**
 * Judges a run. Pure: the same input gives the same review, byte for byte.
 *
 * @throws {z.ZodError} the facts of run, target or tool do not fit the review's schema, or `today` is no date
 * @throws {Error} two checks share an id
 */
export function judgeReview(input: JudgeInput): Review {
  const { profile, records } = input;
  const today = z.iso.date().parse(input.today);
  const runs = runChecks(input.checks, records, input.exchanges, (check) => profileOptions(profile, check));
  const seen = runs
    .flatMap(({ check, outcome }) =>
      outcome.status === 'fail'
        ? toFindings(check, outcome.findings, linesOf(profile, check.id)[0] ?? null)
        : [],
    )
    .toSorted(
      (a, b) =>
        compareSeverity(a.severity, b.severity) || compareText(a.check, b.check) || compareText(a.id, b.id),
    );
  const { uses, findings } = judgeWaivers(input.waivers, seen, today);
  const checks = judgeChecks(runs, findings, profile);
  const lines = judgeLines(profile, checks);
  return review.parse({
    schemaVersion,
    algorithmVersion,
    tool: input.tool,
    run: input.run,
    target: input.target,
    profile: { id: profile.id, title: profile.title },
    verdict: judgeVerdict(profile, lines, input.run.interrupted),
    score: score(profile, lines),
    lines,
    acceptance: judgeAcceptance(profile, lines),
    checks,
    findings,
    redFlags: redFlags(profile, checks, input.attestations, today),
    coverage: {
      operations: coverageOfOperations(records),
      actors: coverageOfActors(input.target.actors, records),
      notTested: notTested(profile, input.checks, records),
      permissions: permissionsOf([...new Set(input.target.actors.map(({ role }) => role))], records),
    },
    latency: latencyOfOperations(input.latency),
    plan: fixPlan(profile, lines, checks, findings),
    today: todayList(profile, lines, findings),
    attestations: input.attestations,
    waivers: uses,
    changes: changesSince(input.baseline, findings, checks),
    leftovers: input.leftovers,
    ...(input.outbound === undefined ? {} : { outbound: input.outbound }),
  } satisfies Review);
}

/** By code unit, so that the order does not depend on the machine's language. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
