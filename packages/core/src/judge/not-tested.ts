import * as z from 'zod';
import type { EvidenceMap, EvidenceRecord } from '../evidence/evidence-map.ts';
import type { AnyCheck } from '../model/check.ts';
import type { Profile } from '../model/profile.ts';
import type { NotTested } from '../model/review.ts';
import { gatheredOf } from './gathered-of.ts';

/**
 * Everything the review could not or did not look at, each with the reason: documents that could not be read, accounts that
 * could not log in, evidence that is missing, cases a probe could not try, objects that could not be planted, and what lines ask that no check examines yet.
 */
export function notTested(
  profile: Profile,
  checks: readonly AnyCheck[],
  records: readonly EvidenceRecord[],
): readonly NotTested[] {
  const present = new Set(records.map((record) => record.kind));
  const needed = [...new Set(checks.flatMap((check) => check.needs))];
  const all = [
    ...gatheredOf(records, 'operations').flatMap(unreadDocuments),
    ...gatheredOf(records, 'logins').flatMap(({ actors }) =>
      actors
        .filter(({ proven }) => !proven)
        .map(({ actor, because }) => entry(`what ${actor} may do`, because)),
    ),
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

/** Documents that could not be read or not whole, and that there is none. */
function unreadDocuments({ documents, operations }: EvidenceMap['operations']): readonly NotTested[] {
  const problems = documents.flatMap(({ source, problems: all }) =>
    all.map((problem) => entry(`the API document ${source}`, problem)),
  );
  if (operations.length > 0 || problems.length > 0) return problems;
  return [entry('operations', 'no API document was found: say where it is with openapi in the target file')];
}

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
