import type { EvidenceKind, EvidenceRecord } from '../evidence/evidence-map.ts';
import type { AnyCheck } from '../model/check.ts';
import type { ExchangeId } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import { oneLine } from './one-line.ts';
import { outcomeProblem } from './outcome-problem.ts';

/** An outcome as the runner lets it stand: what the check said, or `error` when that cannot be believed. */
export type RunOutcome = Outcome | { readonly status: 'error'; readonly because: string };

export interface CheckRun {
  readonly check: AnyCheck;
  readonly outcome: RunOutcome;
}

/**
 * Runs every check over the evidence it declared, and over nothing else.
 *
 * Evidence that is missing, absent or recorded twice gives `unknown`. A check that throws, that cites what the run does
 * not hold, or whose outcome contradicts itself, gives `error`: neither ever counts as a pass.
 *
 * @param optionsFor options of a check under the profile in use; what it throws becomes the check's error
 * @throws {Error} two checks share an id
 */
export function runChecks(
  checks: readonly AnyCheck[],
  records: readonly EvidenceRecord[],
  knownExchanges: ReadonlySet<ExchangeId>,
  optionsFor: (check: AnyCheck) => object,
): readonly CheckRun[] {
  const seen = new Set<string>();
  for (const { id } of checks) {
    if (seen.has(id)) throw new Error(`two checks are named ${id}`);
    seen.add(id);
  }
  return checks.map((check) => ({ check, outcome: runCheck(check, records, knownExchanges, optionsFor) }));
}

function runCheck(
  check: AnyCheck,
  records: readonly EvidenceRecord[],
  knownExchanges: ReadonlySet<ExchangeId>,
  optionsFor: (check: AnyCheck) => object,
): RunOutcome {
  const declared = records.filter((record) => check.needs.includes(record.kind));
  const absent = check.needs.flatMap((kind) => whyAbsent(kind, declared) ?? []);
  if (absent.length > 0) return { status: 'unknown', because: absent.join('; ') };
  const gathered = declared.flatMap((record) =>
    record.status === 'gathered' ? [[record.kind, { ...record.data, id: record.id }] as const] : [],
  );
  try {
    const outcome = check.evaluate(Object.fromEntries(gathered), optionsFor(check));
    const known = new Set<string>([...knownExchanges, ...declared.map((record) => record.id)]);
    const problem = outcomeProblem(check, outcome, known);
    return problem === null ? outcome : { status: 'error', because: problem };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { status: 'error', because: `the check broke off: ${oneLine(message) || 'no reason given'}` };
  }
}

function whyAbsent(kind: EvidenceKind, records: readonly EvidenceRecord[]): string | null {
  const [record, second] = records.filter((candidate) => candidate.kind === kind);
  if (record === undefined) return `nothing in this run gathered the evidence "${kind}"`;
  if (second !== undefined) return `the evidence "${kind}" was recorded more than once`;
  return record.status === 'missing' ? record.because : null;
}
