/** The request would leave the scope or touch what we did not create. Always a bug of the caller, never retried. */
export class GuardRefusal extends Error {
  override readonly name = 'GuardRefusal';
}

/** No requests are left in this run. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

/** One probe has sent what it may, so that the others are not left without; the run goes on. */
export class ShareSpent extends BudgetSpent {
  override readonly name = 'BudgetSpent';
}

/** The target stopped answering, and one more try after a wait was not answered either. */
export class TargetLost extends Error {
  override readonly name = 'TargetLost';
}

/** The target answers, but with errors or ever more slowly: the run ends so that it can recover. */
export class TargetStrained extends TargetLost {}

/** The run was interrupted. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
