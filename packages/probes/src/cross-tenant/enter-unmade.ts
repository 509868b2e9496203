import type { Ledger, LedgerRef } from '../ledger/ledger.ts';
import { outcomeOf, type Delivery } from './courier.ts';

/**
 * Enters what became of a creating request that named no new object. A refusal made nothing; but an application that fails
 * after it has stored the object answers with an error or not at all, so then clean-up looks for the canaries.
 */
export function enterUnmade(ledger: Ledger, ref: LedgerRef, answer: Delivery): void {
  const unsure = answer.kind === 'no-answer' || (answer.kind === 'answer' && answer.status >= 500);
  if (unsure && ledger.entry(ref).canaries.length > 0)
    ledger.leftover(ref, `the request that creates it got ${outcomeOf(answer)}`);
  else ledger.notCreated(ref);
}
