interface Failures {
  readonly count: number;
  readonly until: number;
}

/** Limits wrong passwords per account and per address; what was counted is forgotten after a while without more. */
export class LoginGuard {
  readonly #failures = new Map<string, Failures>();
  readonly #lockMs: number;
  readonly #perAccount: number;
  readonly #perAddress: number;

  constructor({ lockMs = 8_000, perAccount = 5, perAddress = 20 } = {}) {
    this.#lockMs = lockMs;
    this.#perAccount = perAccount;
    this.#perAddress = perAddress;
  }

  /** Seconds for which a login for this account from this address has to wait; 0 when it need not. */
  waits(email: string, address: string): number {
    return Math.max(
      this.#left(`account ${email}`, this.#perAccount),
      this.#left(`address ${address}`, this.#perAddress),
    );
  }

  /** Whether anything has to wait at all. */
  anyWaits(): boolean {
    return [...this.#failures.keys()].some(
      (key) => this.#left(key, key.startsWith('account ') ? this.#perAccount : this.#perAddress) > 0,
    );
  }

  failed(email: string, address: string): void {
    for (const key of [`account ${email}`, `address ${address}`])
      this.#failures.set(key, { count: this.#of(key).count + 1, until: Date.now() + this.#lockMs });
  }

  succeeded(email: string): void {
    this.#failures.delete(`account ${email}`);
  }

  #of(key: string): Failures {
    const found = this.#failures.get(key);
    return found === undefined || found.until < Date.now() ? { count: 0, until: 0 } : found;
  }

  #left(key: string, most: number): number {
    const { count, until } = this.#of(key);
    return count >= most ? Math.ceil((until - Date.now()) / 1000) : 0;
  }
}
