import { randomBytes } from 'node:crypto';
import type { Account } from '../traps/store.ts';

/** Sessions of a world by their secret, which is a public part, a dot and a secret part. */
export class SessionTable {
  readonly #sessions = new Map<string, Account>();

  open(account: Account): string {
    const secret = `${randomBytes(9).toString('hex')}.${randomBytes(24).toString('hex')}`;
    this.#sessions.set(secret, account);
    return secret;
  }

  whoIs(secret: string | undefined): Account | null {
    return this.#sessions.get(secret ?? '') ?? null;
  }

  /** The account of a session that begins like this: what a careless comparison would find. */
  whoseBeginningIs(beginning: string, length: number): Account | null {
    const found = [...this.#sessions].find(
      ([secret]) => secret.length === length && secret.startsWith(beginning),
    );
    return found?.[1] ?? null;
  }

  end(secret: string | undefined): void {
    this.#sessions.delete(secret ?? '');
  }

  /** Ends all sessions of an account but this one. */
  endOthers(account: Account, secret: string | undefined): void {
    for (const [other, owner] of this.#sessions)
      if (owner === account && other !== secret) this.#sessions.delete(other);
  }
}

/** The value of a cookie in a `Cookie` header. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, ...rest] = pair.trim().split('=');
    if (key === name) return rest.join('=');
  }
  return undefined;
}
