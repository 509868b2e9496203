import type { Canary } from '../ledger/ledger.ts';
import type { Delivery } from '../cross-tenant/courier.ts';

/** Whether an answer's body or headers hold any of these canaries as they are. */
export function showsAny(delivery: Delivery, canaries: readonly Pick<Canary, 'value'>[]): boolean {
  if (delivery.kind !== 'answer') return false;
  const text = [delivery.text, ...delivery.headers.map(([, value]) => value)].join('\n').toLowerCase();
  return canaries.some(({ value }) => text.includes(value));
}
