import { checks as allChecks } from '@launch-ready/checks';
import {
  createRedactor,
  type EvidenceKind,
  type Operation,
  type ProfileId,
  type Review,
  type RunMode,
} from '@launch-ready/core';
import {
  CannotStart,
  cleanUp,
  connectSessions,
  createLeakIndex,
  createLedger,
  createTransport,
  createTxtResolver,
  cryptoRandom,
  discoverOperations,
  openInbox,
  openJournal,
  openTranscript,
  proveOwnership,
  systemClock,
  type Connected,
  type ProbeContext,
  type Target,
} from '@launch-ready/probes';
import { interruptionOf } from './interruption-of.ts';
import { openEvidenceLog } from './evidence-log.ts';
import { openVault } from './open-vault.ts';
import { factsOf } from './facts-of.ts';
import { findingsSoFar } from './findings-so-far.ts';
import { gather, type Interruption } from './gather.ts';
import { judgeRun, profileOf } from './judge-run.ts';
import { planRun, type RunPlan } from './plan-run.ts';
import { reachTarget } from './reach-target.ts';
import { createOutboundWatch } from './outbound-watch.ts';
import { orderProbes } from './order-probes.ts';
import { reviewProbes } from './review-probes.ts';
import type { RunFacts } from './run-facts.ts';
import { writeText, type RunFolder } from './run-folder.ts';
import { selectChecks, type Selection } from './select-checks.ts';
import type { Progress, ProgressCounts } from '../progress/progress.ts';
import { toolVersion } from '../version.ts';

export interface ReviewRun {
  readonly target: Target;
  readonly targetFile: string | null;
  readonly profile: ProfileId;
  readonly mode: RunMode;
  readonly selection: Selection;
  readonly runId: string;
  readonly folder: RunFolder;
  readonly baseline: Review | null;
  readonly signal: AbortSignal;
  progress(counts: () => ProgressCounts): Progress;
  /** Shown the plan before anything is changed; answers whether to go on. */
  confirmPlan(plan: RunPlan): Promise<boolean>;
}

export interface ReviewDone {
  readonly review: Review;
  readonly interruption: Interruption | null;
}

const always: readonly EvidenceKind[] = ['logins', 'operations'];

/**
 * Runs a review from the first request to the judgement. Evidence is on disk as soon as it is gathered, and what the run
 * created is removed at its end, however it ends.
 * @throws {CannotStart} no account could log in, or the target is not proven to be the user's
 * @throws {TargetLost} the target does not answer at all
 */
export async function runReview(run: ReviewRun): Promise<ReviewDone> {
  const { target, folder } = run;
  const clock = systemClock;
  const startedAt = clock.now();
  const start = clock.monotonic();
  const ledger = createLedger({ journal: openJournal(folder.journal) });
  const redactor = createRedactor({ key: cryptoRandom.token(32) });
  const transport = createTransport({
    target,
    ledger,
    mode: run.mode,
    clock,
    redactor,
    transcript: openTranscript(folder.path),
    runId: run.runId,
    version: toolVersion,
    signal: run.signal,
  });
  const profile = profileOf(run.profile);
  const chosen = selectChecks({ profile, checks: allChecks, probes: reviewProbes }, run.selection);
  const latency: RunFacts['latency'] = [];
  transport.onAnswer((request, answer) => {
    // Requests of the clean-up and the like name single objects, not operations of the application.
    const { operation } = request;
    if (operation !== undefined && !operation.sources.includes('ledger'))
      latency.push({ operation: operation.id, ms: answer.totalMs });
  });

  const inbox = target.mail === null ? null : openInbox({ ...target.mail, clock, random: cryptoRandom });
  let accountNames: readonly string[] = [];
  const outbound = createOutboundWatch(target, () => accountNames);
  transport.onAnswer((request, answer) => outbound.note(request, answer));
  let mails: number | null = null;

  const writeFacts = (interrupted: string | null): RunFacts => {
    const facts = factsOf(run, {
      startedAt,
      durationMs: clock.monotonic() - start,
      requests: transport.requests.sent,
      interrupted: interrupted === null ? null : redactor.text(interrupted),
      latency,
      leftovers: ledger.leftovers.map((left) => ({ ...left, because: redactor.text(left.because) })),
      outbound: outbound.seen(mails),
    });
    writeText(folder.facts, `${JSON.stringify(facts)}\n`);
    return facts;
  };
  const log = openEvidenceLog(folder, (record) => redactor.values(record));
  const findings = findingsSoFar(profile, chosen, log.records, () => transport.requests.sent);
  const progress = run.progress(() => ({
    sent: transport.requests.sent,
    budget: target.limits.maxRequests,
    findings: findings(),
  }));

  try {
    writeFacts('the run was killed before it ended');
    progress.step('reaching the target');
    await reachTarget(target, transport);
    const ownership = await proveOwnership(target, transport, createTxtResolver());
    if (!ownership.proven && run.mode !== 'observe')
      throw new CannotStart(`${ownership.because}, or look without changing anything with --mode observe`);
    progress.step('discovering operations');
    const first = await discoverOperations({ target, transport });
    progress.step('proving logins');
    const connected = await connectSessions({ target, transport, operations: first.operations, clock });
    accountNames = [...target.actors, ...Object.values(target.throwaways)].flatMap(
      ({ id }) => connected.sessions.secretOf(id)?.username ?? [],
    );
    const found = await discoverOperations({ target, transport, sessions: connected.sessions, known: first });
    log.keep('operations', found);

    const wanted = new Set<EvidenceKind>([...always, ...chosen.flatMap((check) => check.needs)]);
    const probes = orderProbes(reviewProbes, wanted);
    const vault = openVault(folder, target, process.env['LAUNCH_READY_VAULT_KEY']);
    const context: ProbeContext = {
      target,
      mode: run.mode,
      transport,
      sessions: connected.sessions,
      operations: found.operations,
      ledger,
      leaks: createLeakIndex({ transport, ledger, tenantOf: (actor) => tenantOf(target, actor) }),
      inbox,
      ...(vault === undefined ? {} : { vault }),
      clock,
      random: cryptoRandom,
      evidence: (kind) => log.get(kind),
      progress: (text) => progress.detail(text),
    };
    const agreed = await run.confirmPlan(planRun(context, probes));
    const interruption = agreed
      ? await gather({
          probes,
          context,
          log,
          interruptionOf,
          step: (probe) => progress.step(probe.title),
          beat: async (probe) => {
            await connected.heartbeat(probe);
            writeFacts('the run was killed before it ended');
          },
        })
      : { kind: 'stopped' as const, because: 'the plan was not agreed to' };
    return await finish(connected, found.operations, interruption);
  } finally {
    progress.end();
    await transport.close();
  }

  async function finish(
    connected: Connected,
    operations: readonly Operation[],
    interruption: Interruption | null,
  ): Promise<ReviewDone> {
    progress.step('cleaning up');
    await cleanUp({ ledger, sessions: connected.sessions, transport, operations });
    log.keep('logins', connected.logins());
    mails =
      inbox === null
        ? null
        : (await inbox.received()).filter(({ receivedAt }) => receivedAt >= startedAt).length;
    const facts = writeFacts(interruption?.because ?? null);
    progress.step('judging');
    const review = judgeRun(folder, facts, {
      profile: run.profile,
      today: startedAt.toISOString().slice(0, 10),
      baseline: run.baseline,
    });
    return { review, interruption };
  }
}

const tenantOf = (target: Target, id: string): string | null =>
  [...target.actors, ...Object.values(target.throwaways)].find((actor) => actor.id === id)?.tenant ?? null;
