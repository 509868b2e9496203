import type { PreparedChange } from './change-attack.ts';
import type { Front } from './front.ts';
import type { OwnerView } from './owner-view.ts';

/** What did not reach the foreign object may have changed the attacker's own, which is then known by it. */
export function remarkOtherwise(
  { workshop }: Front,
  { otherwise, written }: PreparedChange,
  seen: OwnerView,
): void {
  if (otherwise !== undefined && !written.some(({ value }) => seen.text.includes(value)))
    workshop.remark(otherwise, written);
}
