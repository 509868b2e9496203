/** Who a living session belongs to. */
interface Person {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly emailVerified: boolean;
}

/** One login of a person, as shown in the list of sessions. */
interface SessionRecord {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** From where a login comes, for the list of sessions. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
}

type LoginOutcome =
  | { readonly kind: 'in'; readonly secret: string; readonly userId: string; readonly expiresAt: Date }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'unverified' };

type ChangeOutcome =
  | { readonly kind: 'changed'; readonly secret: string; readonly expiresAt: Date }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'signed-out' };

/**
 * Accounts, passwords and sessions. Secrets of sessions and links come in and go out in clear and are stored as hashes.
 * Nothing here tells a caller whether an address has an account, except to somebody with its password or its mailbox.
 */
export interface Identity {
  /** Creates an account and mails a link, or, for an address that has one, mails its owner instead. */
  signUp(account: {
    readonly email: string;
    readonly name: string;
    readonly password: string;
  }): Promise<void>;
  /** Mails a new link if the address has an account that is not verified yet. */
  resendVerification(email: string): Promise<void>;
  /** Uses the link of a verification mail, once. */
  verifyEmail(secret: string): Promise<boolean>;
  login(email: string, password: string, origin: Origin): Promise<LoginOutcome>;
  /** Ends this session now. */
  logout(sessionHash: string): Promise<void>;
  /** Mails a link for a new password if the address has an account. */
  forgot(email: string): Promise<void>;
  /** Uses the link, once, sets the password and ends every session of the account. */
  reset(secret: string, password: string): Promise<boolean>;
  /** Sets a new password, ends every session and opens a new one for the caller. */
  changePassword(sessionHash: string, current: string, next: string, origin: Origin): Promise<ChangeOutcome>;
  /** Whose session this is, or null when it has ended, expired or never was. */
  person(sessionHash: string): Promise<(Person & { readonly sessionId: string }) | null>;
  sessions(userId: string): Promise<readonly SessionRecord[]>;
  /** Ends one session of this person; false when it is not theirs or not there. */
  revoke(userId: string, sessionId: string): Promise<boolean>;
  /** Ends all sessions of this person except one. */
  revokeOthers(userId: string, keepSessionId: string): Promise<number>;
}
