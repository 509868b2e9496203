import type { TargetActor } from '../target/target.ts';
import type { LoginWay } from './attempt-login.ts';
import type { Proof } from './proof.ts';
import type { Credential } from './sessions.ts';

/** What is known of one actor's account while the run lasts. */
export interface Account {
  readonly actor: TargetActor;
  proof: Proof | null;
  credential: Credential | null;
  /** How this account logs in, when that is not how all do. */
  way: LoginWay | null;
  /** The session ended and the account could not log in again. */
  lost: boolean;
  renewing: Promise<boolean> | null;
}

export const newAccount = (actor: TargetActor): Account => ({
  actor,
  proof: null,
  credential: null,
  way: null,
  lost: false,
  renewing: null,
});

/** Name of the account, which its own answers may show; null for ready-made credentials. */
export const usernameOf = ({ login }: TargetActor): string | null =>
  login.kind === 'password' ? login.username : null;
