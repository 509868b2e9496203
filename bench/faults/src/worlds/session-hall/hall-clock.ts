/** The clock of one start of the hall, which tests can set ahead. */
export class HallClock {
  #ahead = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead * 1000;
  }

  /** @param seconds by which it is ahead of the true time from now on */
  move(seconds: number): void {
    this.#ahead = seconds;
  }
}
