import type { EvidenceRecord, Finding } from '@launch-ready/core';
import { resolveTarget, type Target } from '@launch-ready/probes';
import type { Trap } from '../traps/trap.ts';
import type { TrapWorld } from '../trap-worlds/trap-world.ts';
import { nextFolder, type Bench } from './bench.ts';
import { describeFinding } from './describe-finding.ts';
import { isMet } from './is-met.ts';
import { reviewTarget, Stopped } from './review-target.ts';

/** What came of one world of traps. */
export interface WalkedWorld {
  readonly id: string;
  readonly traps: number;
  readonly alarms: readonly { readonly id: string; readonly saw: readonly string[] }[];
  readonly notMet: readonly { readonly id: string; readonly because: string }[];
  readonly seconds: number;
}

/** Reviews a world of traps: every trap must be met, and nothing may be found. */
export async function walkTrapWorld(bench: Bench, world: TrapWorld): Promise<WalkedWorld> {
  const start = performance.now();
  const server = await world.start();
  try {
    const { review, evidence } = await reviewTarget({
      target: targetOf(world, server.origin),
      folder: nextFolder(bench),
      only: [],
      signal: bench.signal,
    });
    const alarms = Map.groupBy(review.findings, (finding) => trapOf(world, finding));
    return {
      id: world.id,
      traps: world.traps.length,
      alarms: [...alarms].map(([id, findings]) => ({ id, saw: findings.map(describeFinding) })),
      notMet: world.traps.flatMap((trap) => notMetBecause(trap, evidence)),
      seconds: (performance.now() - start) / 1000,
    };
  } catch (error) {
    if (error instanceof Stopped || bench.signal.aborted) throw error;
    const because = error instanceof Error ? error.message : String(error);
    return {
      id: world.id,
      traps: world.traps.length,
      alarms: [],
      notMet: world.traps.map(({ id }) => ({ id, because })),
      seconds: (performance.now() - start) / 1000,
    };
  } finally {
    await server.close();
  }
}

/** The trap whose route a finding is about, or the world. */
function trapOf(world: TrapWorld, finding: Finding): string {
  const { operation } = finding.subject;
  const trap = world.traps.find(({ metWhen }) =>
    metWhen.some(({ mentions }) => operation !== undefined && mentions.startsWith(operation)),
  );
  return trap?.id ?? world.id;
}

function notMetBecause(trap: Trap, evidence: readonly EvidenceRecord[]): WalkedWorld['notMet'] {
  const lacking = trap.metWhen.filter((place) => !isMet(place, evidence));
  return lacking.map(({ kind, mentions }) => {
    const record = evidence.find((one) => one.kind === kind);
    const why = record?.status === 'missing' ? ` (${record.because})` : '';
    return { id: trap.id, because: `no ${kind} evidence mentions ${mentions}${why}` };
  });
}

const variable = (email: string): string => email.replace(/\W/g, '_').toUpperCase();

function targetOf(world: TrapWorld, origin: string): Target {
  const passwords = Object.fromEntries(
    world.accounts.map(({ email, password }) => [variable(email), password]),
  );
  const tenants: Record<string, Record<string, unknown>> = {};
  const throwaways: Record<string, unknown> = {};
  for (const { email, tenant, role } of world.accounts) {
    const actor = { username: email, password: { env: variable(email) } };
    if (role === 'throwaway') throwaways[tenant] = actor;
    else (tenants[tenant] ??= {})[role] = actor;
  }
  return resolveTarget(
    {
      name: world.id,
      profile: 'b2b-community',
      origins: { app: origin },
      tenants,
      throwaways,
      ...world.target,
    },
    { env: passwords, folder: process.cwd(), file: world.id },
  );
}
