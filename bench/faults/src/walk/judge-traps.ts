import type { EvidenceRecord, Finding, Review } from '@launch-ready/core';
import type { Trap } from '../traps/trap.ts';
import type { World } from '../worlds/world.ts';
import { isMet } from './is-met.ts';

/** What came of the traps of one world. */
interface JudgedTraps {
  readonly alarms: readonly { readonly id: string; readonly findings: readonly Finding[] }[];
  readonly notMet: readonly { readonly id: string; readonly because: string }[];
}

/** Judges the review of an untouched world: every trap must be met, and nothing may be found. */
export function judgeTraps(
  world: World,
  { findings }: Pick<Review, 'findings'>,
  evidence: readonly EvidenceRecord[],
): JudgedTraps {
  const alarms = Map.groupBy(findings, (finding) => trapOf(world, finding));
  return {
    alarms: [...alarms].map(([id, found]) => ({ id, findings: found })),
    notMet: world.traps.flatMap((trap) => notMetBecause(trap, evidence)),
  };
}

/** The trap whose route a finding is about, or the world. */
function trapOf(world: World, finding: Finding): string {
  const { operation } = finding.subject;
  const trap = world.traps.find(({ metWhen }) =>
    metWhen.some(({ mentions }) => operation !== undefined && mentions.startsWith(operation)),
  );
  return trap?.id ?? world.id;
}

function notMetBecause(trap: Trap, evidence: readonly EvidenceRecord[]): JudgedTraps['notMet'] {
  const lacking = trap.metWhen.filter((place) => !isMet(place, evidence));
  return lacking.map(({ kind, mentions }) => {
    const record = evidence.find((one) => one.kind === kind);
    const why = record?.status === 'missing' ? ` (${record.because})` : '';
    return { id: trap.id, because: `no ${kind} evidence mentions ${mentions}${why}` };
  });
}
