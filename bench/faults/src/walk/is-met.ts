import type { EvidenceRecord } from '@launch-ready/core';
import type { MetWhen } from '../traps/trap.ts';

/** Whether the gathered evidence of a kind holds an item, such as a trial, that mentions all of these texts. */
export function isMet({ kind, mentions, and = [] }: MetWhen, evidence: readonly EvidenceRecord[]): boolean {
  return evidence.some(
    (record) =>
      record.kind === kind &&
      record.status === 'gathered' &&
      itemsOf(record.data).some((item) => [mentions, ...and].every((text) => item.includes(text))),
  );
}

/** Members of every list at the top of the evidence, as JSON. */
const itemsOf = (data: object): readonly string[] =>
  Object.values(data).flatMap((part) =>
    Array.isArray(part) ? part.map((item) => JSON.stringify(item)) : [JSON.stringify(part)],
  );
