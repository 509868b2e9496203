import { BudgetSpent, ShareSpent } from './transport-errors.ts';

/** The requests that a run may send. */
export interface Purse {
  /**
   * Takes requests out, all or none.
   * @throws {BudgetSpent} fewer are left
   * @throws {ShareSpent} fewer are left of the share of who sends now
   */
  pay(count: number): void;
  /** Holds what follows to so many requests; null lifts it. */
  limitNext(requests: number | null): void;
  /** Ends shares and makes room for what must be removed. */
  openReserve(requests: number): void;
  readonly isEmpty: boolean;
  readonly counts: { readonly sent: number; readonly budget: number };
}

/** A purse of so many requests. */
export function createPurse(requests: number): Purse {
  let sent = 0;
  let budget = requests;
  let shareEnd = Number.POSITIVE_INFINITY;
  let share = 0;
  let isReserveOpen = false;
  return {
    pay: (count) => {
      if (sent + count > budget)
        throw new BudgetSpent(
          count === 1
            ? `all ${budget} requests of the budget are spent`
            : `fewer than ${count} requests of the budget are left`,
        );
      if (!isReserveOpen && sent + count > shareEnd)
        throw new ShareSpent(
          `its share of ${share} requests is spent, the rest of the budget is for others: raise limits.maxRequests of the target file`,
        );
      sent += count;
    },
    limitNext: (count) => {
      share = count ?? 0;
      shareEnd = count === null ? Number.POSITIVE_INFINITY : sent + count;
    },
    openReserve: (count) => {
      isReserveOpen = true;
      budget = Math.max(budget, sent) + count;
    },
    get isEmpty() {
      return sent >= budget;
    },
    counts: {
      get sent() {
        return sent;
      },
      get budget() {
        return budget;
      },
    },
  };
}
