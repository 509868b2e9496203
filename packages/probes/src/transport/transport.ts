import type { ActorId, ExchangeId, HeaderList, HttpMethod, Operation } from '@launch-ready/core';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { RealBrowser } from './page-visits.ts';

export type OutgoingBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'multipart'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'text'; readonly text: string; readonly contentType: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly contentType: string };

/**
 * What a request may change. The guard holds the sender to it: a changing request that declares nothing, or that names an
 * object which is not in the ledger, never leaves.
 */
export type Effect =
  | { readonly kind: 'none' }
  /** Starts, ends or renews a session of our own accounts: login, logout, refresh, password change of a throw-away. */
  | { readonly kind: 'session' }
  /**
   * Changes the profile or the membership of one of our own accounts, named by these ids, and nothing else. Its old state is put
   * back by whoever sends it.
   */
  | { readonly kind: 'account'; readonly ids: readonly string[] }
  /** May create something. The ledger entry is written before the request leaves. */
  | { readonly kind: 'create'; readonly entry: LedgerRef }
  /** May change or delete these objects and no others. */
  | { readonly kind: 'change'; readonly objects: readonly LedgerRef[] };

export interface OutgoingRequest {
  readonly actor: ActorId;
  readonly probe: string;
  readonly purpose: string;
  readonly method: HttpMethod;
  /** Absolute. The path goes onto the wire as written, without normalisation. */
  readonly url: string;
  /** The operation this is a call of; required for every changing request that is not a session effect. */
  readonly operation?: Operation;
  readonly headers?: HeaderList;
  readonly body?: OutgoingBody;
  readonly effect: Effect;
  readonly httpVersion?: '1.1' | '2';
  readonly timeoutMs?: number;
  /** Answers above this are cut off and reported as too large. Default 5 MiB. */
  readonly maxBytes?: number;
  /** Default true: waits and sends again when the target answers 429. Rate-limit probes set false. */
  readonly obeyRateLimit?: boolean;
}

export interface Answer {
  readonly kind: 'answer';
  readonly exchange: ExchangeId;
  readonly status: number;
  readonly headers: HeaderList;
  /** First value of a header, by lower-case name. */
  header(name: string): string | null;
  /** Every value of a header, by lower-case name. */
  headerValues(name: string): readonly string[];
  readonly bytes: Uint8Array;
  /** The body as UTF-8 text. Not redacted: never store or print it. */
  readonly text: string;
  /** The body parsed as JSON, or undefined when it is not JSON. Never throws. */
  json(): unknown;
  readonly totalMs: number;
}

/** A WebSocket to open as an actor. */
export interface SocketRequest extends Pick<
  OutgoingRequest,
  'actor' | 'probe' | 'purpose' | 'headers' | 'operation' | 'timeoutMs'
> {
  /** Absolute, with http or https. */
  readonly url: string;
  /** Frames to send first: to sign in and to subscribe, never to change anything. */
  readonly hello?: readonly string[];
  /** Subprotocol to ask for (RFC 6455 section 1.9). */
  readonly subprotocol?: string;
  /** Whether all frames but the first wait until something came, as a handshake. */
  readonly waitsForReply?: boolean;
}

/** A WebSocket that is open; each frame reaches the leak index when it comes. */
export interface OpenSocket {
  readonly kind: 'open';
  readonly exchange: ExchangeId;
  /** Frames so far, as UTF-8 text. Not redacted: never store or print them. */
  readonly frames: readonly string[];
  /** Ends it and writes it to the transcript as one exchange. */
  close(): Promise<void>;
}

export type SocketResult =
  | OpenSocket
  | { readonly kind: 'refused'; readonly exchange: ExchangeId; readonly status: number }
  | NoAnswer;

/** Bytes that an actor received. */
export interface ReceivedBytes {
  readonly exchange: ExchangeId;
  readonly headers: HeaderList;
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8 text. */
  readonly text: string;
}

export interface NoAnswer {
  readonly kind: 'no-answer';
  readonly exchange: ExchangeId;
  readonly cause: 'refused' | 'reset' | 'timeout' | 'too-large' | 'protocol';
  readonly because: string;
}

export type SendResult = Answer | NoAnswer;

/** What came back for requests that were ended at the same moment, in the order of the requests. */
export interface TogetherResult {
  /** `2`: all ended in one write on one connection. `1.1`: the last byte of each on a warm connection of its own. */
  readonly httpVersion: '1.1' | '2';
  readonly results: readonly SendResult[];
}

/** The only way to the target: holds scope, guard, budget, rate, timing, redaction and the transcript. */
export interface Transport {
  /**
   * Sends one request and records it. Redirects are never followed.
   * @throws {GuardRefusal} the request would touch what we did not create, or leaves the scope: a bug of the caller
   * @throws {BudgetSpent} no requests are left
   * @throws {TargetLost} the target stopped answering
   * @throws {TargetStrained} it answers with errors or ever more slowly, and pauses did not help
   * @throws {Stopped} the run was interrupted
   */
  send(request: OutgoingRequest): Promise<SendResult>;
  /**
   * Sends these so that the target has each but for its end, and then ends all at once: for races. Over HTTP/2 where the target
   * offers it, else over warmed connections of HTTP/1.1. Every one is guarded, counted and recorded; all are judged before the
   * first leaves; none is sent again after a 429. The concurrency of the target file is not kept, its rate only on average.
   * @throws what `send` throws
   */
  sendTogether(requests: readonly OutgoingRequest[]): Promise<TogetherResult>;
  /**
   * Opens a WebSocket; it counts as one request and is recorded with its frames, redacted, when it is closed or refused.
   * @throws what `send` throws
   */
  openSocket(request: SocketRequest): Promise<SocketResult>;
  /** Starts a real browser that reaches the target alone; null when none is installed. Start it only when there is something to see. */
  openBrowser(): Promise<RealBrowser | null>;
  /** Called with every answer before `send` returns. */
  onAnswer(listener: (request: OutgoingRequest, answer: Answer) => void): void;
  /**
   * Called with everything that an actor receives, as it came and before `send` returns: answers that were cut off, answers
   * of other protocols before they are put into the words of their operation, and the frames of WebSockets.
   */
  onReceived(listener: (request: OutgoingRequest, received: ReceivedBytes) => void): void;
  /** Makes calls of these known that are spoken as GraphQL, tRPC or PostgREST, for requests that do not name their operation. */
  addWires(operations: readonly Operation[]): void;
  readonly requests: { readonly sent: number; readonly budget: number };
  /**
   * Lets the probe that comes next send so many requests at most, so that it cannot use up what others need; null for as many
   * as the budget holds. What is beyond throws {@link ShareSpent}.
   */
  limitNext(requests: number | null): void;
  /** Names a value that must never be recorded as it is: passwords, tokens, cookies. */
  addSecret(value: string): void;
  /** From now on a stop of the run is ignored and a reserve of requests is open: what was created must be removed. */
  beginCleanUp(): void;
  close(): Promise<void>;
}
