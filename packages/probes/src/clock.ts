/** Time, passed in so that tests can hold it. */
export interface Clock {
  now(): Date;
  /** Milliseconds of a clock that never goes back. */
  monotonic(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Randomness, passed in so that a run can be repeated. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Lower-case base32 letters and digits. */
  token(length: number): string;
  uuid(): string;
}
