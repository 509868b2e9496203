import type { Account } from '../traps/store.ts';

/** What came back from a request of a visitor. */
export interface Visited {
  readonly status: number;
  readonly headers: Headers;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
}

/** Somebody who uses a world as its pages would: keeps cookies, and sends along what was set. */
export interface Visitor {
  send(method: string, path: string, body?: Readonly<Record<string, unknown>>): Promise<Visited>;
  /** Sends a form. */
  submit(path: string, fields: Readonly<Record<string, string>>): Promise<Visited>;
  /** Sends a header with every request from now on. */
  carry(header: string, value: string): void;
}

/** What people do in a world, to be recorded as a browser would. */
export interface Journey {
  signIn(visitor: Visitor, account: Account): Promise<void>;
  /** Uses everything once. */
  visit(visitor: Visitor, account: Account): Promise<void>;
}
