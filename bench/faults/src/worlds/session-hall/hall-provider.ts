import { randomBytes } from 'node:crypto';

/** What the provider says of an account. */
export interface Identity {
  readonly sub: string;
  readonly email: string;
  readonly verified: boolean;
  /** What the browser was sent along with, when it was. */
  readonly nonce?: string;
}

/** A provider of sign-ons by code (RFC 6749 section 4.1), whose pages are functions. */
export class HallProvider {
  readonly #codes = new Map<string, Identity>();
  readonly #spent: boolean;

  /** @param spent whether a code counts only once */
  constructor(spent: boolean) {
    this.#spent = spent;
  }

  /** Somebody signs in at the authorization endpoint: the address that the browser is sent back to. */
  signIn(authorizationUrl: string, identity: Identity): string {
    const { searchParams } = new URL(authorizationUrl);
    const back = new URL(searchParams.get('redirect_uri') ?? '');
    const code = randomBytes(24).toString('base64url');
    const nonce = searchParams.get('nonce');
    this.#codes.set(code, nonce === null ? identity : { ...identity, nonce });
    back.searchParams.set('code', code);
    const state = searchParams.get('state');
    if (state !== null) back.searchParams.set('state', state);
    return back.href;
  }

  /** What the application is told for a code; null when the code is not good. */
  redeem(code: string): Identity | null {
    const identity = this.#codes.get(code) ?? null;
    if (this.#spent) this.#codes.delete(code);
    return identity;
  }
}
