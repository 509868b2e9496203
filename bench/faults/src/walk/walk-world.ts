import type { EvidenceRecord, Finding } from '@launch-ready/core';
import type { Trap } from '../traps/trap.ts';
import type { World } from '../worlds/world.ts';
import type { Bench } from './bench.ts';
import { describeFinding } from './describe-finding.ts';
import { isMet } from './is-met.ts';
import { Stopped, type Reviewed } from './review-target.ts';

/** What came of the traps of one world. */
export interface WalkedWorld {
  readonly id: string;
  readonly traps: number;
  readonly alarms: readonly { readonly id: string; readonly saw: readonly string[] }[];
  readonly notMet: readonly { readonly id: string; readonly because: string }[];
  readonly seconds: number;
}

/** Judges the review of an untouched world: every trap must be met, and nothing may be found. */
export async function walkWorld(
  bench: Bench,
  world: World,
  untouched: () => Promise<Reviewed>,
): Promise<WalkedWorld> {
  const start = performance.now();
  const walked = (rest: Pick<WalkedWorld, 'alarms' | 'notMet'>): WalkedWorld => ({
    id: world.id,
    traps: world.traps.length,
    ...rest,
    seconds: (performance.now() - start) / 1000,
  });
  try {
    const { review, evidence } = await untouched();
    const alarms = Map.groupBy(review.findings, (finding) => trapOf(world, finding));
    return walked({
      alarms: [...alarms].map(([id, findings]) => ({ id, saw: findings.map(describeFinding) })),
      notMet: world.traps.flatMap((trap) => notMetBecause(trap, evidence)),
    });
  } catch (error) {
    if (error instanceof Stopped || bench.signal.aborted) throw error;
    const because = error instanceof Error ? error.message : String(error);
    const all = [{ id: world.id, because }, ...world.traps.map(({ id }) => ({ id, because }))];
    return walked({ alarms: [], notMet: all });
  }
}

/** The trap whose route a finding is about, or the world. */
function trapOf(world: World, finding: Finding): string {
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
