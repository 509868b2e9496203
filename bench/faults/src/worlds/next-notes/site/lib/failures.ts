interface Failures {
  readonly count: number;
  readonly until: number;
}

const lockMs = 8_000;
/** The longest that somebody may have to wait, as Retry-After says it. */
export const lockSeconds = '8';
const perAccount = 10;
/** All guesses together: a route of Next.js is not told which address a request came from. */
const altogether = 25;
const everybody = 'everybody';

const failures = new Map<string, Failures>();

const countOf = (key: string): number => {
  const found = failures.get(key);
  return found === undefined || found.until < Date.now() ? 0 : found.count;
};

/** Whether there were too many wrong passwords lately, for this account or at all. */
export const mustWait = (email: string): boolean =>
  countOf(`account ${email}`) >= perAccount || countOf(everybody) >= altogether;

/** Counts a wrong password; what was counted is forgotten after a while without more. */
export function failed(email: string): void {
  for (const key of [`account ${email}`, everybody])
    failures.set(key, { count: countOf(key) + 1, until: Date.now() + lockMs });
}

/** Forgets the wrong passwords of an account. */
export const succeeded = (email: string): void => void failures.delete(`account ${email}`);
