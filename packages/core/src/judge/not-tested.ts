import type { EvidenceRecord } from '../evidence/evidence-map.ts';
import type { AnyCheck } from '../model/check.ts';
import type { Profile } from '../model/profile.ts';
import type { NotTested } from '../model/review.ts';
import { gatheredOf } from './gathered-of.ts';

/**
 * Everything the review could not or did not look at, each with the reason: evidence that is missing, cases a probe could
 * not try, objects that could not be planted, and what lines ask that no check examines yet.
 */
export function notTested(
  profile: Profile,
  checks: readonly AnyCheck[],
  records: readonly EvidenceRecord[],
): readonly NotTested[] {
  const present = new Set(records.map((record) => record.kind));
  const needed = [...new Set(checks.flatMap((check) => check.needs))];
  const all: readonly NotTested[] = [
    ...records.flatMap((record) =>
      record.status === 'missing' ? [entry(`${record.kind} evidence`, record.because)] : [],
    ),
    ...needed
      .filter((kind) => !present.has(kind))
      .map((kind) => entry(`${kind} evidence`, 'nothing in this run gathered it')),
    ...gatheredOf(records, 'accessCoverage').flatMap((data) =>
      data.notTested.map(({ credential, because }) =>
        entry(`access with the credential kind ${credential}`, because),
      ),
    ),
    ...gatheredOf(records, 'sessionReplay').flatMap((data) =>
      data.notTested.map(({ event, because }) => entry(`old sessions after ${event}`, because)),
    ),
    ...gatheredOf(records, 'inviteReplay').flatMap((data) =>
      data.notTested.map((item) => entry(`invites: ${item.case}`, item.because)),
    ),
    ...gatheredOf(records, 'planting').flatMap((data) =>
      data.notPlantable.map(({ operation, actor, because }) =>
        entry(`objects made by ${operation} as ${actor}`, because),
      ),
    ),
    ...profile.lines.flatMap((line) =>
      line.notYetExamined.map((what) => entry(`${line.title}: ${what}`, 'no check examines it yet')),
    ),
  ];
  return [...new Map(all.map((item) => [JSON.stringify([item.what, item.because]), item])).values()];
}

const entry = (what: string, because: string): NotTested => ({ what, because, testableBy: null });
