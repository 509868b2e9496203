import { anonymous, type EvidenceMap, type PermissionState } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';

type Cell = EvidenceMap['roleMatrix']['cells'][number];

/** What other tenants and nobody were seen to be allowed, from the trials of earlier probes; nothing is sent. */
export function outsideCells({
  evidence,
  target,
}: Pick<ProbeContext, 'evidence' | 'target'>): readonly Cell[] {
  const roleOf = new Map(target.actors.map(({ id, role }) => [id, role]));
  const foreign = (evidence('crossTenant')?.trials ?? []).flatMap((trial): readonly Cell[] => {
    const role = roleOf.get(trial.attacker);
    if (role === undefined) return [];
    const { operation, attacker: actor, because, exchanges, verdict, reproduce } = trial;
    const observed: PermissionState =
      verdict === 'safe'
        ? 'denied'
        : verdict === 'inconclusive' || verdict === 'existence'
          ? 'untested'
          : 'allowed';
    return [
      { ...bare, operation, role, actor, relation: 'foreign', observed, because, exchanges, reproduce },
    ];
  });
  const nobody = (evidence('accessCoverage')?.trials ?? []).flatMap((trial): readonly Cell[] => {
    if (trial.credential !== 'none') return [];
    const { operation, because, exchanges, verdict, reproduce } = trial;
    const observed: PermissionState =
      verdict === 'refused' ? 'denied' : verdict === 'inconclusive' ? 'untested' : 'allowed';
    return [
      {
        ...bare,
        operation,
        role: anonymous,
        actor: anonymous,
        relation: 'anonymous',
        observed,
        because,
        exchanges,
        reproduce,
      },
    ];
  });
  return strictest([...foreign, ...nobody]);
}

const bare = { declared: 'unstated', inferred: false, doubt: null } as const;

/** Of several trials of one cell, the one that says most: something got through, then a proof, then nothing. */
function strictest(cells: readonly Cell[]): readonly Cell[] {
  const order: readonly PermissionState[] = ['allowed', 'denied', 'untested'];
  const best = new Map<string, Cell>();
  for (const cell of cells) {
    const key = `${cell.operation}\n${cell.role}\n${cell.relation}`;
    const before = best.get(key);
    if (!before || order.indexOf(cell.observed) < order.indexOf(before.observed)) best.set(key, cell);
  }
  return [...best.values()];
}
