import type { Actor, ActorId, ExchangeId, HeaderList } from '@launch-ready/core';
import type { HalfLoginResult } from './half-login.ts';
import type { TamperedPart } from './tamper.ts';
import type { Answer, OutgoingBody, OutgoingRequest, SendResult } from '../transport/transport.ts';

/** What an actor shows to be recognised. */
export interface Credential {
  readonly actor: ActorId;
  readonly kind: 'cookie' | 'bearer' | 'header';
  /** Request headers that carry it, fresh at each call (cookies may have been renewed). */
  headers(url: string): HeaderList;
  /** Takes in Set-Cookie lines of an answer. */
  absorb(url: string, headers: HeaderList): void;
  /** The same credential with its secret part changed so that it cannot be valid: how it begins unless told otherwise. */
  tampered(part?: TamperedPart): Credential;
  /** A copy that later changes of this one do not reach: for replay. */
  snapshot(): Credential;
  /** What the application's own page adds to changing requests: its CSRF token. */
  pageHeaders?(url: string): HeaderList;
  /** When it runs out, in milliseconds since 1970 by our clock; absent when what issued it did not say. */
  readonly expiresAt?: number;
}

export type LoginResult =
  | {
      readonly kind: 'in';
      readonly credential: Credential;
      /** What else the same login gave out and may be recognised by itself: a token beside a cookie. Nobody asked yet. */
      readonly others?: readonly Credential[];
      /** The refresh token that the login gave out, when it gave one and how to use it is known. Nobody used it yet. */
      readonly refresh?: Refresh;
      readonly exchanges: readonly ExchangeId[];
    }
  | { readonly kind: 'refused'; readonly because: string; readonly exchanges: readonly ExchangeId[] };

/** A refresh token of a login, and the request that trades it in (RFC 6749 section 6, or what the application has for it). */
export interface Refresh {
  readonly actor: ActorId;
  readonly token: string;
  /** Where the token travels in the request. */
  readonly place: 'json' | 'form' | 'cookie' | 'header';
  /** The route was seen to work in this run; false: the document only declares it. */
  readonly seenToWork: boolean;
  /**
   * The request that trades in this token, or another one in its place, such as one that was used before. Send it with
   * `sendWith(null, actor, { ...request, probe, purpose, effect: { kind: 'session' } })`.
   */
  request(token?: string): LoginRequest;
  /** What an answer to that request gave; null when it gave no credential. */
  read(answer: Answer): Refreshed | null;
}

/** What a refresh gave. */
export interface Refreshed {
  /** Credentials that may be recognised by themselves, the likeliest first; ask `isAlive`. */
  readonly credentials: readonly Credential[];
  /** The next refresh token: a new one, or the same when the answer names none. */
  readonly refresh: Refresh;
  /** Whether the answer replaced the refresh token. */
  readonly rotated: boolean;
}

/** Whether a credential was recognised. */
export interface AliveResult {
  readonly alive: boolean;
  readonly exchange: ExchangeId | null;
  /** Why this decides nothing (no connection, 429, 5xx); null when it decides. */
  readonly unsure: string | null;
}

export interface LoginRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: OutgoingBody;
}

/** A login that was opened as a visitor opens it, good for a series of logins until its token is used up. */
export interface OpenedLogin {
  /** Where its token came from and in what; null when it needs none. */
  readonly token: { readonly from: string; readonly kind: 'json' | 'form' } | null;
  request(account: { readonly username: string; readonly password: string }): LoginRequest;
}

/** A login in words that others can follow: one request, perhaps with a token from elsewhere, or a page with a form. */
export type LoginSteps =
  | {
      readonly kind: 'request';
      /** Where its CSRF token is handed out; null when it needs none. */
      readonly tokenFrom: string | null;
      request(account: { readonly username: string; readonly password: string }): LoginRequest;
    }
  | { readonly kind: 'page'; readonly page: string };

/** A request without actor and credential, which the session adds. */
export type SessionRequest = Omit<OutgoingRequest, 'actor'>;

/** Every account of the target file, logged in, proven and kept alive. */
export interface Sessions {
  /** Actors whose login was proven. */
  readonly actors: readonly Actor[];
  /** Dedicated accounts of a tenant for tests that may lock or change an account; never used for anything else. */
  throwaway(tenant: string): ActorId | null;
  /**
   * Sends as this actor, or as nobody for `anonymous`. Logs in again, once, when a heartbeat shows that the session is lost.
   *
   * Changing requests carry what a browser on the application's own page would add (Origin, Sec-Fetch-Site, CSRF token),
   * here and in `sendWith`, so that a refusal is about rights. A request that brings an `origin` header of its own gets none
   * of it; one with an empty value goes without any.
   *
   * @throws {NotLoggedIn} the actor is not among `actors`, or a throwaway that cannot log in
   */
  send(actor: ActorId, request: SessionRequest): Promise<SendResult>;
  /** Sends with a given credential, or with none, and never logs in again. */
  sendWith(credential: Credential | null, actor: ActorId, request: SessionRequest): Promise<SendResult>;
  /** The request as `sendWith` would send it, for `transport.sendTogether`. */
  dress(credential: Credential | null, actor: ActorId, request: SessionRequest): OutgoingRequest;
  /** One more, independent session of this account. */
  login(actor: ActorId, password?: string): Promise<LoginResult>;
  current(actor: ActorId): Credential;
  /** Whether this credential is recognised, by an answer that differs from nobody's. */
  isAlive(credential: Credential, probe: string): Promise<AliveResult>;
  /**
   * The login request of an account as it was learned, for probes that send series of them; null when there is no password
   * login, or when each login needs a fresh page with a hidden token.
   */
  loginRequest(account: { readonly username: string; readonly password: string }): LoginRequest | null;
  /**
   * Opens the login of this account for a series of logins: its page or the place of its CSRF token is read once, where it has
   * one. Null when it does not log in by password, or when the login could not be opened.
   */
  openLogin(actor: ActorId, probe: string): Promise<OpenedLogin | null>;
  /**
   * Gives the password of an account whose login asks for a code, and stops there, for probes of the second step. Its login
   * must have been seen to work.
   */
  halfLogin(actor: ActorId): Promise<HalfLoginResult>;
  /** How this account logs in, for others to do likewise; null when a name, a password and a page's token are not enough. */
  loginSteps(actor: ActorId): LoginSteps | null;
  /** Account name and password of an actor, for probes that change or guess passwords. */
  secretOf(actor: ActorId): { readonly username: string; readonly password: string } | null;
}
