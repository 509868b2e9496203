import * as z from 'zod';
import type { EvidenceRecord } from '../evidence/evidence-map.ts';
import type { AnyCheck } from '../model/check.ts';
import type { Profile } from '../model/profile.ts';
import type { NotTested } from '../model/review.ts';

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
  const all = [
    ...records.flatMap((record) =>
      record.status === 'missing' ? [entry(`${record.kind} evidence`, record.because)] : toldBy(record),
    ),
    ...needed
      .filter((kind) => !present.has(kind))
      .map((kind) => entry(`${kind} evidence`, 'nothing in this run gathered it')),
    ...profile.lines.flatMap((line) =>
      line.notYetExamined.map((what) => entry(`${line.title}: ${what}`, 'no check examines it yet')),
    ),
  ];
  return [...new Map(all.map((item) => [JSON.stringify([item.what, item.because]), item])).values()];
}

const entry = (what: string, because: string): NotTested => ({ what, because, testableBy: null });

const gaps = z.array(z.looseObject({ because: z.string() })).catch([]);
const tellsGaps = z.object({ notTested: gaps, notPlantable: gaps });

/**
 * What evidence of any kind says it could not try: its lists `notTested` and `notPlantable`, whatever else their entries
 * hold, so that a new kind of evidence cannot be silent about its gaps.
 */
function toldBy({
  kind,
  data,
}: Extract<EvidenceRecord, { readonly status: 'gathered' }>): readonly NotTested[] {
  const told = tellsGaps.parse(data);
  return [...named(`${kind} trials`, told.notTested), ...named('planting', told.notPlantable)];
}

const named = (what: string, list: z.infer<typeof gaps>): readonly NotTested[] =>
  list.map(({ because, ...rest }) => {
    const words = Object.values(rest).filter((value) => typeof value === 'string');
    return entry([what, ...words].join(': '), because);
  });
