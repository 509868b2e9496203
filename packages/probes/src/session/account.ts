import type { ExchangeId } from '@launch-ready/core';
import type { TargetActor } from '../target/target.ts';
import type { LoginWay } from './login-attempt.ts';
import type { CodeSource } from './code-source.ts';
import type { Proof } from './proof.ts';
import type { Credential, Refresh } from './sessions.ts';

/** What is known of one actor's account while the run lasts. */
export interface Account {
  readonly actor: TargetActor;
  /** Codes of its second factor, when there is one. */
  readonly codes: CodeSource | null;
  proof: Proof | null;
  credential: Credential | null;
  refresh: Refresh | null;
  /** When to renew the credential before it runs out, in milliseconds since 1970; null when nobody knows. */
  renewAt: number | null;
  /** How this account logs in, when that is not how all do. */
  way: LoginWay | null;
  /** The session ended and the account could not log in again. */
  lost: boolean;
  renewing: Promise<boolean> | null;
  /** A request was sent as it since it was last seen alive. */
  used: boolean;
  /** The answer that showed it alive, as long as nothing later leaves that open. */
  seenAlive: ExchangeId | null;
}

export const newAccount = (actor: TargetActor, codes: CodeSource | null): Account => ({
  actor,
  codes,
  proof: null,
  credential: null,
  refresh: null,
  renewAt: null,
  way: null,
  lost: false,
  renewing: null,
  used: true,
  seenAlive: null,
});

/** Name of the account, which its own answers may show; null when the way it logs in does not tell. */
export const usernameOf = ({ login }: TargetActor): string | null =>
  'username' in login ? login.username : null;

/** Name and password of an account that logs in with them; null otherwise. */
export function passwordOf({
  login,
}: TargetActor): { readonly username: string; readonly password: string } | null {
  if (login.kind === 'password') return { username: login.username, password: login.password };
  if (
    login.kind !== 'oauth' ||
    login.grant !== 'password' ||
    login.username === null ||
    login.password === null
  )
    return null;
  return { username: login.username, password: login.password };
}
