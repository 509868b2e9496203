import type { Actor, ActorId, ExchangeId, HeaderList } from '@launch-ready/core';
import type { OutgoingRequest, SendResult } from '../transport/transport.ts';

/** What an actor shows to be recognised. */
export interface Credential {
  readonly actor: ActorId;
  readonly kind: 'cookie' | 'bearer' | 'header';
  /** Request headers that carry it, fresh at each call (cookies may have been renewed). */
  headers(url: string): HeaderList;
  /** Takes in Set-Cookie lines of an answer. */
  absorb(url: string, headers: HeaderList): void;
  /** The same credential with its secret part changed so that it cannot be valid. */
  tampered(): Credential;
  /** A copy that later changes of this one do not reach: for replay. */
  snapshot(): Credential;
}

export type LoginResult =
  | { readonly kind: 'in'; readonly credential: Credential; readonly exchanges: readonly ExchangeId[] }
  | { readonly kind: 'refused'; readonly because: string; readonly exchanges: readonly ExchangeId[] };

/** A request without actor and credential, which the session adds. */
export type SessionRequest = Omit<OutgoingRequest, 'actor'>;

/** Every account of the target file, logged in, proven and kept alive. */
export interface Sessions {
  /** Actors whose login was proven. */
  readonly actors: readonly Actor[];
  /** Dedicated accounts of a tenant for tests that may lock or change an account; never used for anything else. */
  throwaway(tenant: string): ActorId | null;
  /** Sends as this actor. Logs in again, once, when a heartbeat shows that the session is lost. */
  send(actor: ActorId, request: SessionRequest): Promise<SendResult>;
  /** Sends with a given credential, or with none, and never logs in again. */
  sendWith(credential: Credential | null, actor: ActorId, request: SessionRequest): Promise<SendResult>;
  /** One more, independent session of this account. */
  login(actor: ActorId, password?: string): Promise<LoginResult>;
  current(actor: ActorId): Credential;
  /** Whether this credential is recognised, by an answer that differs from nobody's. */
  isAlive(credential: Credential, probe: string): Promise<{ readonly alive: boolean; readonly exchange: ExchangeId | null }>;
  /** Account name and password of an actor, for probes that change or guess passwords. */
  secretOf(actor: ActorId): { readonly username: string; readonly password: string } | null;
}
